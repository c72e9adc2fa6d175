using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Claims;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>GET /api/commons: what this co-op shares, and with whom it could.</summary>
public static class ListCommons
{
    /// <param name="Items">What is shared now, newest first; at most 500.</param>
    /// <param name="Readers">The peers that may read what is shared.</param>
    /// <param name="Sources">The peers whose shared things this co-op may read.</param>
    public sealed record Response(
        IReadOnlyList<CommonsItemView> Items, IReadOnlyList<PeerView> Readers, IReadOnlyList<PeerView> Sources);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commons", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List what the co-op shares with peers, newest first");

    private static async Task<Response> HandleAsync(Transactions transactions, Peerings peerings, CancellationToken ct)
    {
        var items = await transactions.ReadAsync(CommonsItemStore.ListStandingAsync, ct);
        var peers = await peerings.ListAsync(ct);
        return new(
            [.. items.Select(CommonsItemView.Of)],
            [.. peers.Where(p => p.Grants(PeeringScope.Claims)).Select(p => new PeerView(p.Peer.Did, p.Peer.Name))],
            [.. peers.Where(p => p.IsGranted(PeeringScope.Claims)).Select(p => new PeerView(p.Peer.Did, p.Peer.Name))]);
    }
}
