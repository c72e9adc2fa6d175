namespace Coop.Federation.Replication;

/// <summary>What following one log may cost.</summary>
public sealed record FollowOptions
{
    /// <summary>Bundles on their way at once, each at most 512 KiB.</summary>
    public int BundlesAhead { get; init; } = 16;

    /// <summary>
    /// The most bundles that are stored in one step; fewer while the log is slower than the store. A crash loses at
    /// most the work on these.
    /// </summary>
    public int BundlesPerStep { get; init; } = 32;

    /// <summary>Bundles of one turn; a log that is far ahead takes several, so that others get theirs.</summary>
    public long BundlesPerTurn { get; init; } = 4096;

    /// <summary>
    /// The most entries that are copied of one log. A log that is longer is followed by its checkpoints alone:
    /// what it signs is held against what it signed before, and no more is stored.
    /// </summary>
    public long MaxEntries { get; init; } = long.MaxValue;
}
