using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/transfers/{id}/resolution: this co-op's half of the record that decides a transfer in doubt.</summary>
public static class ResolveTransfer
{
    /// <param name="Outcome">Paid or unpaid: what the transfer is to count as.</param>
    public sealed record Request(string Outcome);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/transfers/{id:guid}/resolution", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Sign what becomes of a transfer that stays in doubt; it counts when the other co-op has signed the same");

    private static async Task<TransferView> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, [FromServices] TradePaying paying, CancellationToken ct)
    {
        var isPaid = Fields.OneOf(request.Outcome, "outcome", ["paid", "unpaid"]) == "paid";
        var row = await transactions.ReadAsync((c, t) => GetTransfer.RequireAsync(c, id, me, t), ct);
        if (!ResolutionRules.MaySay(row.Transfer, isPaid))
        {
            throw ProblemTypes.TransferDecided.With("That cannot be said of the transfer any more, or was said.");
        }

        try
        {
            var transfer = await paying.SignAsync(
                row.Transfer.PeerDid, me, (desk, write, c) => desk.ResolveAsync(write, id, isPaid, c), ct);
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
