using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>How far a node's verified copy of one log goes.</summary>
/// <remarks>
/// Two things advance: the accepted checkpoint, which is proven to continue the one accepted before, and the
/// stored entries, which are proven to be the first of the accepted tree. So entries are fetched and stored
/// bundle by bundle while the proof for all of them is there already, in at most 64 KiB of hashes.
/// </remarks>
public sealed record MirrorState
{
    /// <summary>A log of which there is no copy yet.</summary>
    public static MirrorState Empty { get; } = new();

    /// <summary>Counts the changes; a store moves on from the version that its caller read, or not at all.</summary>
    public long Version { get; init; }

    /// <summary>Which of the log's histories is copied: 0, and one more each time that people chose the other.</summary>
    public long History { get; init; }

    /// <summary>The newest checkpoint that was accepted, as signed; null before the first.</summary>
    public SignedNote? Accepted { get; init; }

    /// <summary>The right edge of the accepted tree; it leads to the accepted root.</summary>
    public TreeEdge AcceptedEdge { get; init; } = new();

    /// <summary>Entries stored; at most the accepted size.</summary>
    public long Size { get; init; }

    /// <summary>The right edge of the tree over the full bundles that are stored.</summary>
    public TreeEdge Edge { get; init; } = new();

    /// <summary>The leaf hash of the last entry of those bundles; the empty tree's root where there is none.</summary>
    public ReadOnlyMemory<byte> LastLeaf { get; init; } = TreeHash.EmptyRoot.ToArray();

    /// <summary>The newest checkpoint of which all entries are stored; what the copy is served under.</summary>
    public SignedNote? Complete { get; init; }

    /// <summary>The position of the last stored entry that is not <c>checkpoint.seen</c>; -1 where there is none.</summary>
    public long LastOther { get; init; } = -1;

    /// <summary>Entries in the accepted checkpoint; 0 before the first.</summary>
    public long AcceptedSize => AcceptedEdge.Size;
}
