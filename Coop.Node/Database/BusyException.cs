namespace Coop.Node.Database;

/// <summary>Every attempt of a transaction failed for reasons that may pass; nothing was changed.</summary>
public sealed class BusyException(Exception inner)
    : Exception("The database did not take the transaction.", inner);
