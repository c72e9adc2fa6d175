using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>GET /api/shares/notices: what has not ended, oldest first.</summary>
public static class ListShareNotices
{
    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapGet("/notices", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List open notices on shares, oldest first");

    private static async Task<Page<ShareNoticeView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => ShareNoticeTable.ListOpenAsync(c, after, size + 1, t), ct);
        return Page.Of(rows, size, row => row.Id, ShareNoticeView.Of);
    }
}
