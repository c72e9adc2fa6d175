namespace Coop.Federation.Audit.Between;

/// <summary>What an audit of several nodes did and found.</summary>
/// <param name="Nodes">Each node, in the order in which they were named.</param>
/// <param name="Pairs">What each node has of each other one, where they have to do with each other.</param>
/// <param name="Findings">What lies between them: faults first, each by itself once.</param>
public sealed record FederationReport(
    IReadOnlyList<NodeReport> Nodes, IReadOnlyList<PairReport> Pairs, IReadOnlyList<CrossFinding> Findings)
{
    /// <summary>Whether anything speaks against a node or a log.</summary>
    public bool IsFault => Nodes.Any(n => n.Audit?.Report.IsClean == false) || Findings.Any(f => f.IsFault);

    /// <summary>Whether every node could be audited.</summary>
    public bool IsComplete => Nodes.All(n => n.Audit is not null);
}

/// <summary>One node.</summary>
/// <param name="Address">As it was named.</param>
/// <param name="Node">What it says about itself; null where it did not answer.</param>
/// <param name="Audit">The audit of its log; null where it could not be made.</param>
/// <param name="Reason">Why not; else null.</param>
/// <param name="Chronicle">What the log tells of.</param>
/// <param name="Cosigned">Its checkpoints against its policy; null where it shows no policy.</param>
/// <param name="Peers">The peerings that it lists.</param>
public sealed record NodeReport(
    Uri Address,
    NodeDescription? Node,
    NodeAudit? Audit,
    string? Reason,
    LogChronicle Chronicle,
    CosignatureResult? Cosigned,
    IReadOnlyList<PeerListing> Peers)
{
    /// <summary>The log's name, or the address where even that is not known.</summary>
    public string Origin => Node?.Origin ?? Address.ToString();

    public string Name => Node?.Name ?? Address.ToString();
}

/// <summary>What one node has of another.</summary>
/// <param name="Node">The origin of the one.</param>
/// <param name="Peer">The origin of the other.</param>
/// <param name="Listing">The peering as the one lists it; null where it does not.</param>
/// <param name="Mirror">Its copy of the other's log; null where it shows none.</param>
/// <param name="Seen">What it wrote down of the other's checkpoints.</param>
/// <param name="Claims">What it sent the other.</param>
public sealed record PairReport(
    string Node, string Peer, PeerListing? Listing, MirrorResult? Mirror, SeenResult Seen, ClaimResult Claims)
{
    /// <summary>Messages of trade that the one signed for the other.</summary>
    public TradeResult Trade { get; init; } = TradeResult.None;
}

/// <summary>A log's checkpoints against its policy.</summary>
/// <param name="Witnesses">Witnesses that the policy names.</param>
/// <param name="Least">The fewest cosignatures with which its quorum is met; 0 where it asks for none.</param>
/// <param name="Newest">Cosignatures of them on the audited checkpoint.</param>
/// <param name="QuorumSize">The size of the newest checkpoint that has its quorum; null where none has.</param>
public sealed record CosignatureResult(int Witnesses, int Least, int Newest, long? QuorumSize);

/// <summary>A copy of another log.</summary>
/// <param name="Size">Entries that it has.</param>
/// <param name="Entries">Entries that were fetched and checked.</param>
/// <param name="Agrees">Whether every byte is as the original signed it.</param>
public sealed record MirrorResult(long Size, long Entries, bool Agrees);

/// <summary>Entries by which a node says what it saw of another log.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Agreeing">How many of them are of the history that the other log shows.</param>
/// <param name="Links">Of some of them, spread over all, the entry and the size that was seen; for a picture.</param>
public sealed record SeenResult(int Count, int Agreeing, IReadOnlyList<SeenLink> Links)
{
    internal static SeenResult None { get; } = new(0, 0, []);
}

/// <summary>One such entry.</summary>
/// <param name="Entry">Its position.</param>
/// <param name="Time">Its time.</param>
/// <param name="Size">The size of the other log that it names.</param>
/// <param name="Agrees">Whether that is of the history that the other log shows.</param>
public sealed record SeenLink(long Entry, DateTimeOffset Time, long Size, bool Agrees);

/// <summary>Claims in one direction.</summary>
/// <param name="Sent">In the sender's log.</param>
/// <param name="Received">In the receiver's.</param>
/// <param name="Paired">In both, with one hash.</param>
public sealed record ClaimResult(int Sent, int Received, int Paired)
{
    internal static ClaimResult None { get; } = new(0, 0, 0);
}

/// <summary>Messages of trade in one direction.</summary>
/// <param name="Sent">In the sender's log.</param>
/// <param name="Received">In the receiver's.</param>
/// <param name="Paired">In both, with one hash.</param>
public sealed record TradeResult(int Sent, int Received, int Paired)
{
    internal static TradeResult None { get; } = new(0, 0, 0);
}
