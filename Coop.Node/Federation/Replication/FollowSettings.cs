using Coop.Federation.Replication;

namespace Coop.Node.Federation.Replication;

/// <summary>How peers' logs are followed. The defaults are for production; tests and demonstrations shorten them.</summary>
public sealed record FollowSettings
{
    /// <summary><c>COOP_FOLLOW_SECONDS</c>: how often a peer that says nothing is visited.</summary>
    public const string IntervalKey = "COOP_FOLLOW_SECONDS";

    /// <summary><c>COOP_ENTANGLE_SECONDS</c>: the least time between two records of one peer's checkpoints.</summary>
    public const string EntangleKey = "COOP_ENTANGLE_SECONDS";

    /// <summary><c>COOP_MIRROR_MAX_ENTRIES</c>: how much of one peer's log is copied.</summary>
    public const string MaxEntriesKey = "COOP_MIRROR_MAX_ENTRIES";

    /// <summary>
    /// Ten million entries of one log: as bundles are bounded, at most 20 GB. A peer that signs a size without end
    /// and serves what fits to it fills no more than that; its checkpoints are followed on.
    /// </summary>
    private const long MaxEntries = 10_000_000;

    /// <summary>Between two visits of a peer; each is up to a fifth earlier or later.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two visits, however often the peer pokes.</summary>
    public TimeSpan LeastInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After the first failure; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A peer that was away for a month is found again within this time.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The least time between two <c>checkpoint.seen</c> about one peer.</summary>
    public TimeSpan EntangleInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a peer is asked for the proofs that it knows.</summary>
    public TimeSpan EvidenceInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often this node looks who its peers are, and whether its own log has grown.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that one turn may take; what it stored stays stored.</summary>
    public TimeSpan LongestTurn { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Peers whose long absence is made up for at once; the others keep their short visits.</summary>
    public int CatchUpsAtOnce { get; init; } = 2;

    /// <summary>An ordinary visit.</summary>
    public FollowOptions Visit { get; init; } = new() { BundlesAhead = 4, BundlesPerTurn = 16, MaxEntries = MaxEntries };

    /// <summary>A turn of catching up.</summary>
    public FollowOptions CatchUp { get; init; } = new() { MaxEntries = MaxEntries };

    public static FollowSettings From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var standard = new FollowSettings();
        var maxEntries = Entries(configuration) ?? MaxEntries;
        return standard with
        {
            Visit = standard.Visit with { MaxEntries = maxEntries },
            CatchUp = standard.CatchUp with { MaxEntries = maxEntries },
            Interval = Seconds(configuration, IntervalKey) ?? standard.Interval,
            EntangleInterval = Seconds(configuration, EntangleKey) ?? standard.EntangleInterval,
        };
    }

    private static long? Entries(IConfiguration configuration) =>
        configuration.GetValue<long?>(MaxEntriesKey) is { } entries
            ? entries >= 0
                ? entries
                : throw new InvalidOperationException($"{MaxEntriesKey} is negative.")
            : null;

    private static TimeSpan? Seconds(IConfiguration configuration, string key) =>
        configuration.GetValue<double?>(key) is { } seconds
            ? seconds is >= 0.1 and <= 86_400
                ? TimeSpan.FromSeconds(seconds)
                : throw new InvalidOperationException($"{key} is not between 0.1 and 86400.")
            : null;
}
