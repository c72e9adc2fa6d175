using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /api/me/consents: what the co-op may tell others about the member, and what it told them.</summary>
public static class ListMyConsents
{
    private const int MaxCount = 500;

    /// <param name="Peers">The co-ops that could be told something.</param>
    /// <param name="Consents">The member's, newest first; at most 500.</param>
    /// <param name="Claims">What was sent about the member, newest first; at most 500.</param>
    public sealed record Response(
        IReadOnlyList<PeerView> Peers, IReadOnlyList<ConsentView> Consents, IReadOnlyList<SentClaimView> Claims);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/consents", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("List what other co-ops may be told, and were told, about the signed-in member");

    private static async Task<Response> HandleAsync(
        CurrentMember me, Transactions transactions, Peerings peerings, CancellationToken ct)
    {
        var peers = await ClaimPeers.ListAsync(peerings, PeeringScope.Claims, ct);
        var (consents, claims) = await transactions.ReadAsync(
            async (c, t) => (
                await ConsentStore.ListOfAsync(c, me.Id, MaxCount, t), await SentClaimStore.ListOfAsync(c, me.Id, MaxCount, t)),
            ct);
        return new(peers, [.. consents.Select(ConsentView.Of)], [.. claims.Select(SentClaimView.Of)]);
    }
}
