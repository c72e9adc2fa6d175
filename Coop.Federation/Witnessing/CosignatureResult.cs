namespace Coop.Federation.Witnessing;

/// <summary>How a witness answered the log.</summary>
public enum CosignatureResult
{
    /// <summary>It cosigned, and the cosignature verifies.</summary>
    Cosigned,

    /// <summary>It says that it has cosigned a larger checkpoint of this log.</summary>
    Ahead,

    /// <summary>It says that it has cosigned a checkpoint that this one does not continue.</summary>
    OtherHistory,

    /// <summary>It answered anything else.</summary>
    Refused,

    /// <summary>It did not answer, or not in time.</summary>
    NoAnswer,
}
