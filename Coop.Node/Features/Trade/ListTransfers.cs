using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/transfers: a member's own; all for whoever keeps the books.</summary>
public static class ListTransfers
{
    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/transfers", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List transfers with other co-ops, newest first");

    private static async Task<Page<TransferView>> HandleAsync(
        [AsParameters] PageQuery page, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        Guid? member = me.ReadsBooks ? null : me.Id;
        var rows = await transactions.ReadAsync((c, t) => TransferTable.ListAsync(c, after, size + 1, member, t), ct);
        return Page.Of(rows, size, r => r.Transfer.Id, TransferView.Of);
    }
}
