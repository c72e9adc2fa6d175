using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>GET /api/shares/classes: in the order of their codes.</summary>
public static class ListShareClasses
{
    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapGet("/classes", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the classes of shares, in the order of their codes");

    private static async Task<Page<ShareClassView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.After());
        var rows = await transactions.ReadAsync((c, t) => ShareClassTable.ListAsync(c, after, size + 1, t), ct);
        return Page.Of(rows, size, row => row.Class.Unit.Value, ShareClassView.Of);
    }
}
