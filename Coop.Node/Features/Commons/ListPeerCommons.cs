using Coop.Federation.Peering;
using Coop.Node.Features.Claims;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>GET /api/commons/shared-with-us: asks a peer what it shares with this co-op.</summary>
public static class ListPeerCommons
{
    /// <param name="Items">Newest first; at most 500. All of it is the peer's word until it is fetched.</param>
    public sealed record Response(IReadOnlyList<SharedItem> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commons/shared-with-us", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Ask a peer what it shares with the co-op");

    private static async Task<Response> HandleAsync(
        string? peer, Peerings peerings, CommonsReading reading, CancellationToken ct) =>
        new(await reading.ListAsync(await ClaimPeers.RequireAsync(peerings, peer, "peer", PeeringScope.Claims, ct), ct));
}
