using Coop.Federation.Peering;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>A co-op that this one federates with, as members see it.</summary>
/// <param name="Did">Its node's DID.</param>
/// <param name="Name">What it calls itself.</param>
public sealed record PeerView(string Did, string Name);

/// <summary>Finds the peers that something may be sent to.</summary>
internal static class ClaimPeers
{
    public static async Task<IReadOnlyList<PeerView>> ListAsync(Peerings peerings, PeeringScope scope, CancellationToken ct) =>
    [
        .. (await peerings.ListAsync(ct)).Where(p => p.IsGranted(scope)).Select(p => new PeerView(p.Peer.Did, p.Peer.Name)),
    ];

    /// <exception cref="RefusalException">There is no such peering, or it does not allow this now.</exception>
    public static async Task<Peering> RequireAsync(
        Peerings peerings, string? did, string field, PeeringScope scope, CancellationToken ct)
    {
        const int maxDidLength = 500;
        var peering = await peerings.FindAsync(Fields.Text(did, field, 1, maxDidLength), ct);
        return peering is not null && peering.IsGranted(scope)
            ? peering
            : throw ProblemTypes.NoPeering.With("Look at the list of peers.");
    }
}
