namespace Coop.Federation.Audit;

/// <summary>
/// The audit could not be made: nothing is known about the log, neither that it holds nor that it does not.
/// </summary>
public class AuditImpossibleException(string message, Exception? inner = null) : Exception(message, inner);
