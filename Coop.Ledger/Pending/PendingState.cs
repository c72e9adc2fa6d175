namespace Coop.Ledger.Pending;

/// <summary>What became of a pending journal.</summary>
public enum PendingState
{
    /// <summary>It reserves.</summary>
    Pending,

    /// <summary>It was posted, whole or a part of it.</summary>
    Posted,

    /// <summary>Somebody gave it up.</summary>
    Voided,

    /// <summary>Its time was over.</summary>
    Expired,
}
