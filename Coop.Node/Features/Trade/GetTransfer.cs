using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/transfers/{id}: for those whose account it is on, and whoever keeps or audits the books.</summary>
public static class GetTransfer
{
    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/transfers/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Show a transfer with another co-op");

    private static async Task<TransferView> HandleAsync(Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        TransferView.Of(await transactions.ReadAsync((c, t) => RequireAsync(c, id, me, t), ct));

    /// <exception cref="RefusalException">There is none, or it is none of theirs.</exception>
    internal static async Task<TransferRow> RequireAsync(Npgsql.NpgsqlConnection connection, Guid id, CurrentMember me, CancellationToken ct)
    {
        foreach (var row in await TransferTable.FindAsync(connection, id, ct))
        {
            var account = row.Transfer.Role == Coop.Federation.Trade.TradeRole.Payer ? row.Transfer.Offer?.Payer : row.Transfer.Offer?.Payee;
            if (me.ReadsBooks
                || (account is { } own && (await AccountViewStore.FindAsync(connection, own, ct))?.Owner?.Id == me.Id))
            {
                return row;
            }
        }

        throw ProblemTypes.NotFound.With("There is no such transfer.");
    }
}
