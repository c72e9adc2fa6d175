using Coop.Federation.Peering;
using Coop.Node.Features.Claims;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>POST /api/commons/copies: fetches what a peer shares, holds it against the peer's log, and keeps it.</summary>
public static class FetchCopy
{
    /// <param name="Peer">The DID of the peer.</param>
    /// <param name="EventId">The peer's event, as its list names it.</param>
    public sealed record Request(string Peer, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commons/copies", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Fetch and verify what a peer shares, and keep a copy");

    private static async Task<CopyView> HandleAsync(
        Request request, Peerings peerings, CommonsReading reading, CancellationToken ct) =>
        CopyView.Of(await reading.FetchAsync(
            await ClaimPeers.RequireAsync(peerings, request.Peer, "peer", PeeringScope.Claims, ct), request.EventId, ct));
}
