using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>GET /api/shares/requests: what waits for an answer, oldest first.</summary>
public static class ListShareRequests
{
    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapGet("/requests", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List the shares that members ask for, oldest first");

    private static async Task<Page<ShareRequestView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => ShareRequestTable.ListOpenAsync(c, after, size + 1, t), ct);
        return Page.Of(rows, size, row => row.Id, ShareRequestView.Of);
    }
}
