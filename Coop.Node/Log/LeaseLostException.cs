namespace Coop.Node.Log;

/// <summary>Another replica leads now; this one follows. Not a fault.</summary>
public sealed class LeaseLostException() : Exception("Another replica of this node leads the log.");
