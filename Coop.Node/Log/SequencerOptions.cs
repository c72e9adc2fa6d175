namespace Coop.Node.Log;

/// <summary>How the sequencer paces itself. The defaults are for production; tests and benches shorten them.</summary>
public sealed record SequencerOptions
{
    /// <summary>How long a leader that says nothing keeps the lease.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a follower looks whether the lease is free.</summary>
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a leader looks for rows of other replicas, which cannot wake it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The least time between the starts of two rounds. The first event after a pause is sequenced at
    /// once; under steady load rounds gather events instead of costing one commit each.
    /// </summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long to wait before trying again when the database fails.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before those who must confirm what was signed are asked again.</summary>
    public TimeSpan ConfirmInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most entries that one transaction appends.</summary>
    public int BatchSize { get; init; } = 4096;
}
