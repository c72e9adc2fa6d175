using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/transfers/{id}/cancellation: takes a transfer back that is not decided.</summary>
public static class CancelTransfer
{
    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/transfers/{id:guid}/cancellation", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Take back a transfer to another co-op that is not decided");

    private static async Task<TransferView> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, [FromServices] TradePaying paying, CancellationToken ct)
    {
        var row = await transactions.ReadAsync((c, t) => GetTransfer.RequireAsync(c, id, me, t), ct);
        if (row.Transfer is not { Role: TradeRole.Payer, State: TransferState.Prepared or TransferState.Accepted })
        {
            throw ProblemTypes.TransferDecided.With("Only an offer of this co-op's that is not decided can be taken back.");
        }

        try
        {
            var transfer = await paying.SignAsync(row.Transfer.PeerDid, me, (d, w, c) => d.CancelAsync(w, id, c), ct);
            return TransferView.Of(row with { Transfer = transfer });
        }
        catch (TradeException e) when (e.Code == TradeCodes.Breach)
        {
            throw ProblemTypes.TransferDecided.With("It was decided a moment ago.");
        }
        catch (TradeException e)
        {
            throw TradeProblems.Of(e);
        }
    }
}
