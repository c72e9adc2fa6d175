namespace Coop.Federation.Witnessing;

/// <summary>What a witness decides about a checkpoint, in the order in which it is found out.</summary>
public enum WitnessVerdict
{
    /// <summary>400: the body cannot be read.</summary>
    Malformed,

    /// <summary>404: the witness does not know the log.</summary>
    UnknownOrigin,

    /// <summary>403: none of the keys that are trusted for the log signed it.</summary>
    NotSigned,

    /// <summary>400: the old size is greater than the checkpoint's.</summary>
    OldSizeTooLarge,

    /// <summary>409 with a size: the old size is not that of the latest checkpoint that was cosigned.</summary>
    Stale,

    /// <summary>422: the consistency proof does not lead from the cosigned root to the new one.</summary>
    NotConsistent,

    /// <summary>409: the size is the cosigned one, and the root is another.</summary>
    OtherRoot,

    /// <summary>200: recorded and cosigned.</summary>
    Cosigned,
}
