namespace Coop.Federation.Replication;

/// <summary>How evidence is received.</summary>
public enum EvidenceReception
{
    /// <summary>It proves something about a log that is known here, and was not known.</summary>
    New,

    /// <summary>It is here already.</summary>
    AlreadyKnown,

    /// <summary>It is about a log with which this node has nothing to do.</summary>
    UnknownLog,

    /// <summary>Its key is not the one that is pinned for that log.</summary>
    OtherKey,

    /// <summary>It shows nothing but histories between which people have chosen.</summary>
    Settled,

    /// <summary>There are as many proofs about that log as are kept.</summary>
    Enough,
}
