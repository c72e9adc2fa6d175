namespace Coop.Federation.Replication;

/// <summary>What people decide when a log has signed two histories and they go on with its co-op all the same.</summary>
public enum HistoryChoice
{
    /// <summary>The copy stays what it is, and what contradicts it goes on being refused.</summary>
    Kept,

    /// <summary>The log is followed anew in the history that it serves now; the copy is kept aside.</summary>
    Served,
}
