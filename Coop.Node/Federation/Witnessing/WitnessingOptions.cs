using Coop.Federation.Witnessing;

namespace Coop.Node.Federation.Witnessing;

/// <summary>How witnesses are asked. The defaults are for production; tests and benches shorten them.</summary>
public sealed record WitnessingOptions
{
    /// <summary>The least time between the starts of two rounds; the first after a pause starts at once.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked whether a witness that failed is due again.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a round waits for a witness while others could already be asked for a newer checkpoint. Who answers
    /// later is heard all the same.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How patient the collector is.</summary>
    public CollectorOptions Collector { get; init; } = new();

    /// <summary>How long a node that is not in doubt waits at its start for what peers saw.</summary>
    public TimeSpan StartWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a peer may take to say what it saw.</summary>
    public TimeSpan SeenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How soon after the start peers are asked once more.</summary>
    public TimeSpan SeenFirst { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often peers are asked what they saw while the node runs.</summary>
    public TimeSpan SeenInterval { get; init; } = TimeSpan.FromMinutes(10);
}
