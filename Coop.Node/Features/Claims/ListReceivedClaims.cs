using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /api/received-claims: what other co-ops told this one; members see what they may.</summary>
public static class ListReceivedClaims
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/received-claims", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the claims that other co-ops have made, newest first");

    private static async Task<Page<ReceivedClaimView>> HandleAsync(
        [AsParameters] PageQuery page, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (c, t) => ReceivedClaimStore.ListAsync(c, me.Is(Roles.Admin) || me.Is(Roles.Auditor), after, size + 1, t), ct);
        return Page.Of(rows, size, c => c.Id, ReceivedClaimView.Of);
    }
}
