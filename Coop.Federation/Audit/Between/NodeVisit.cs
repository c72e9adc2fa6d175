using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;

namespace Coop.Federation.Audit.Between;

/// <summary>One node during an audit of several: what it is, where its files are, and what is known by now.</summary>
internal sealed class NodeVisit
{
    public required Uri Address { get; init; }

    /// <summary>What the node says about itself; null where it did not answer.</summary>
    public NodeDescription? Node { get; set; }

    /// <summary>The audit of its log; null where it could not be made.</summary>
    public NodeAudit? Audit { get; set; }

    /// <summary>Why not.</summary>
    public string? Reason { get; set; }

    /// <summary>How far its log went a moment before it was read.</summary>
    public long SettledSize { get; set; }

    public LogChronicle Chronicle { get; } = new();

    /// <summary>Its log's files.</summary>
    public ILogSource? Log { get; set; }

    /// <summary>What it serves to peers and auditors; null where it does not federate.</summary>
    public ILogSource? Federation { get; set; }

    /// <summary>Its log, to hold against what others have of it; null where its checkpoint does not verify.</summary>
    public OriginalLog? Original { get; set; }

    /// <summary>The peerings that it lists.</summary>
    public IReadOnlyList<PeerListing> Peers { get; set; } = [];

    public WitnessPolicy? Policy { get; set; }

    public CosignatureResult? Cosigned { get; set; }

    /// <summary>The log's name, or the address where even that is not known.</summary>
    public string Origin => Node?.Origin ?? Address.ToString();

    public string Name => Node?.Name ?? Address.ToString();

    /// <summary>The key that its log is held to.</summary>
    public NoteKey? Key => Audit?.Report.Key;

    public PeerListing? ListingOf(NodeVisit peer) => Peers.FirstOrDefault(p => p.Origin == peer.Origin || p.Did == peer.Node?.Did);

    public NodeReport ToReport() => new(Address, Node, Audit, Reason, Chronicle, Cosigned, Peers);
}
