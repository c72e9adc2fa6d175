using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Node.Log;

namespace Coop.Node.Federation.Replication;

/// <summary>The logs that matter to this node, and the keys that it has pinned for them. Thread-safe.</summary>
public sealed class KnownLogs(Peerings peerings, NodeLog own)
{
    /// <summary>The pinned key of a log: the node's own, or one that signed terms name; null for another.</summary>
    public async Task<NoteKey?> FindKeyAsync(string origin, CancellationToken ct) =>
        origin == own.Origin ? own.Vkey
        : await peerings.FindByOriginAsync(origin, ct) is { State: not (PeeringState.Proposed or PeeringState.Accepted) } peering
            ? peering.Peer.LogKey
            : null;

    /// <summary>The subjects of what a peer sees of others' logs: of the other peers' and of this node's own.</summary>
    public async Task<IReadOnlySet<string>> SubjectsButAsync(string origin, CancellationToken ct) =>
        (await peerings.ListAsync(ct))
            .Select(p => p.Peer.LogOrigin)
            .Append(own.Origin)
            .Where(o => o != origin)
            .Select(Coop.Federation.Replication.LogSubject.Of)
            .ToHashSet(StringComparer.Ordinal);
}
