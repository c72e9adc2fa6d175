using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/nettings/{id}/approval: this co-op takes part in a netting, or does not.</summary>
public static class ApproveNetting
{
    /// <param name="Approve">Whether it takes part. The proposer takes its proposal back by saying no.</param>
    public sealed record Request(bool Approve);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/nettings/{id:guid}/approval", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Approve or refuse a netting that another co-op proposed");

    private static async Task<NettingView> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, [FromServices] TradePaying paying,
        NodeIdentity identity, CancellationToken ct)
    {
        var row = await transactions.ReadAsync((c, t) => NettingTable.FindAsync(c, identity.Did, id, t), ct)
            ?? throw ProblemTypes.NotFound.With("There is no such netting.");
        try
        {
            var netting = await paying.SignAsync(
                row.Netting.Plan.CreditorOf(identity.Did), me,
                (desk, write, c) => desk.Nettings.ApproveAsync(write, id, request.Approve, c), ct);
            return NettingView.Of(row with { Netting = netting }, identity.Did);
        }
        catch (TradeException e) when (e.Code == TradeCodes.Breach)
        {
            throw ProblemTypes.TransferDecided.With("The netting was approved, refused or decided already.");
        }
        catch (TradeException e)
        {
            throw TradeProblems.Of(e);
        }
    }
}
