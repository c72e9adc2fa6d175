using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/in-doubt: what is not final.</summary>
public static class ListInDoubt
{
    private const int MaxRows = 1000;

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/in-doubt", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List the transfers with other co-ops that are not final, at most a thousand");

    private static async Task<IReadOnlyList<TransferView>> HandleAsync(Transactions transactions, CancellationToken ct) =>
        (await transactions.ReadAsync((c, t) => TransferTable.ListAllOpenAsync(c, MaxRows, t), ct)).ConvertAll(TransferView.Of);
}
