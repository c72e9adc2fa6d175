using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>GET /api/shares/holdings: the register of who holds shares of a class.</summary>
public static class ListShareHoldings
{
    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapGet("/holdings", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List who holds shares of a class");

    private static async Task<Page<ShareHoldingView>> HandleAsync(
        [FromQuery(Name = "class")] string code,
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var unit = LedgerFields.Unit(code, "class");
        var rows = await transactions.ReadAsync(
            (c, t) => ShareHoldingTable.ListOfClassAsync(c, unit, after, size + 1, t), ct);
        return Page.Of(rows, size, row => row.Member.Id, row => row);
    }
}
