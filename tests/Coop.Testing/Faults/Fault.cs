namespace Coop.Testing.Faults;

/// <summary>What the proxy does to one group of statements.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// 40001 instead of running it; with a COMMIT in the group, the transaction is rolled back as the
    /// server would.
    /// </summary>
    SerializationFailure,

    /// <summary>The connection ends, and the server never sees the group.</summary>
    LostBefore,

    /// <summary>The connection ends after the server has seen a part of the group.</summary>
    LostDuring,

    /// <summary>The connection ends after the server did it all, and before the client hears of it.</summary>
    LostAfter,

    /// <summary>The client's connection ends; the server does it all later, at the proxy's release.</summary>
    LostAndDeliveredLate,

    /// <summary>40003, and it did not happen.</summary>
    UnknownNotPersisted,

    /// <summary>40003, and it did happen.</summary>
    UnknownPersisted,
}
