using System.Diagnostics.Metrics;

namespace Coop.Node.Federation;

/// <summary>
/// Counts what passes between this node and its peers. One instance for each node, so that several nodes in one
/// process count apart. Thread-safe.
/// </summary>
/// <remarks>
/// A peer is named by its DID, and only when a peering with it exists; whoever else asks is a
/// <see cref="Stranger"/>, since a name that anybody may choose would let anybody grow the series without end.
/// </remarks>
public sealed class FederationMetrics
{
    public const string MeterName = "Coop.Federation";

    /// <summary>The peer of what came from no peer, or could not be told to come from one.</summary>
    public const string Stranger = "stranger";

    private readonly Counter<long> _received;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _trade;

    public FederationMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var meter = factory.Create(MeterName);
        _received = meter.CreateCounter<long>(
            "coop.federation.requests.received", description: "Requests of peers whose signature, freshness and scope were in order.");
        _refused = meter.CreateCounter<long>(
            "coop.federation.requests.refused", description: "Requests of others that were refused, by reason.");
        _sent = meter.CreateCounter<long>(
            "coop.federation.requests.sent", description: "Requests to peers, by outcome: answered, refused, unreachable.");
        _trade = meter.CreateCounter<long>(
            "coop.federation.trade.deliveries", description: "Deliveries of trade messages by peers, by outcome: taken, or why not.");
        _rejected = meter.CreateCounter<long>(
            "coop.federation.answers.rejected", description: "What peers served and was not believed, by reason.");
    }

    /// <summary>A peer's request was let through.</summary>
    public void Received(string peer) => _received.Add(1, Peer(peer));

    /// <summary>A request of a peer, or of a stranger, was refused.</summary>
    /// <param name="peer">The DID of a peer, or <see cref="Stranger"/>.</param>
    /// <param name="reason">A code of a registry: a problem type, or a code of a module's exception.</param>
    public void Refused(string peer, string reason) => _refused.Add(1, Peer(peer), Reason(reason));

    /// <summary>This node asked a peer.</summary>
    /// <param name="peer">The DID of a peer.</param>
    /// <param name="outcome">How it ended.</param>
    public void Sent(string peer, SentOutcome outcome) => _sent.Add(1, Peer(peer), new("outcome", Name(outcome)));

    /// <summary>What a peer served was not believed: a wrong hash, another origin, more than is read.</summary>
    /// <param name="peer">The DID of a peer, or <see cref="Stranger"/>.</param>
    /// <param name="reason">A code of a module's exception.</param>
    public void Rejected(string peer, string reason) => _rejected.Add(1, Peer(peer), Reason(reason));

    /// <summary>A peer delivered messages of trade.</summary>
    /// <param name="peer">The DID of a peer.</param>
    /// <param name="outcome"><c>taken</c>, or the code for which one was refused.</param>
    public void Traded(string peer, string outcome) => _trade.Add(1, Peer(peer), new("outcome", outcome));

    private static KeyValuePair<string, object?> Peer(string peer) => new("peer", peer);

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    private static string Name(SentOutcome outcome) => outcome switch
    {
        SentOutcome.Answered => "answered",
        SentOutcome.Refused => "refused",
        _ => "unreachable",
    };
}
