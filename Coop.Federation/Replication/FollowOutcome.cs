namespace Coop.Federation.Replication;

/// <summary>How a turn of following a log ended.</summary>
public enum FollowOutcome
{
    /// <summary>All entries of the newest checkpoint are stored.</summary>
    UpToDate,

    /// <summary>The turn's share is stored, and there is more to fetch.</summary>
    Unfinished,

    /// <summary>The copy is as long as it may get; the newest checkpoint continues the one before.</summary>
    Full,

    /// <summary>The copy was moved on by somebody else meanwhile; the next turn goes on from there.</summary>
    Overtaken,

    /// <summary>The log showed something that is not to be stored; nothing of it was.</summary>
    Refused,

    /// <summary>The log signed two histories, which the evidence proves.</summary>
    Equivocation,
}
