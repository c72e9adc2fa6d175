namespace Coop.Federation.Log;

/// <summary>
/// The stored log contradicts itself or what was signed. Nothing may be signed from here on; only a
/// person can say what happened.
/// </summary>
public sealed class LogFaultException(string message) : Exception(message);
