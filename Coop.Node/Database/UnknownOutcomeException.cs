namespace Coop.Node.Database;

/// <summary>
/// The connection was lost while the database committed, and it has not been reached since to ask: the
/// change may have been made, once, or not.
/// </summary>
public sealed class UnknownOutcomeException(Exception inner)
    : Exception("The database did not say whether it took the transaction.", inner);
