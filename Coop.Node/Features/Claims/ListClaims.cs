using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /api/claims: what this co-op told others.</summary>
public static class ListClaims
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/claims", HandleAsync)
            .RequireReader(Roles.Admin)
            .WithSummary("List the claims that the co-op has made towards others, newest first");

    private static async Task<Page<SentClaimView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => SentClaimStore.ListAsync(c, after, size + 1, t), ct);
        return Page.Of(rows, size, c => c.Id, SentClaimView.Of);
    }
}
