namespace Coop.Federation.Log;

/// <summary>What a checkpoint of a log, as somebody remembers it, says about the log that is stored.</summary>
public enum SeenVerdict
{
    /// <summary>Nobody answered.</summary>
    Silent,

    /// <summary>Whoever was asked has seen no checkpoint.</summary>
    Nothing,

    /// <summary>The stored log continues it.</summary>
    Contained,

    /// <summary>It is of a larger log: what is stored is an older state.</summary>
    Later,

    /// <summary>It is of another history.</summary>
    Different,
}
