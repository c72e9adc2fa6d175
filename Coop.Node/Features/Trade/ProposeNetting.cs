using Coop.Federation.Trade;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Coop.Node.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/nettings: proposes to a ring of co-ops that each forgives the next what it is forgiven.</summary>
public static class ProposeNetting
{
    private const int DefaultValidForSeconds = 7 * 24 * 3600;

    /// <param name="Ring">DIDs, 3 to 16: this co-op first, then each the debtor of the one before.</param>
    /// <param name="Unit">The unit's code.</param>
    /// <param name="AmountMinor">By how much each debt shrinks, in minor units.</param>
    /// <param name="ValidForSeconds">How long this co-op may take to decide, 1 to 2592000.</param>
    public sealed record Request(
        IReadOnlyList<string> Ring, string Unit, long AmountMinor, int ValidForSeconds = DefaultValidForSeconds);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/nettings", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Propose a netting to a ring of co-ops")
            .RequireIdempotencyKey()
            .Produces<NettingView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, Request request, HttpContext http, CurrentMember me,
        [FromServices] TradePaying paying, ITradeSigner signer, NodeIdentity identity, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var ring = RingOf(request.Ring, identity.Did);
        var unit = Fields.Text(request.Unit, "unit", 2, TradeOffer.MaxUnitLength);
        var amount = Fields.Range(request.AmountMinor, "amountMinor", 1, long.MaxValue);
        var validFor = Fields.Range(request.ValidForSeconds, "validForSeconds", 1, TradePaying.MaxValidForSeconds);
        var peering = await paying.RequireAsync(ring[1], ct);
        return await paying.WriteOnceAsync(
            once, me, peering,
            async (scope, desk, write, c) =>
            {
                var until = DateTimeOffset.FromUnixTimeSeconds(scope.Now.ToUnixTimeSeconds() + validFor);
                var plan = TradeProblems.Checked(() => NettingPlan.Sign(signer, ring, unit, amount, until, scope.NewId()));
                var netting = await desk.Nettings.ProposeAsync(write, plan, c);
                return IdempotentAnswer.Created(
                    $"/api/trade/nettings/{plan.Id:D}", NettingView.Of(new(netting, scope.Now, scope.Now), identity.Did));
            },
            ct);
    }

    private static List<string> RingOf(IReadOnlyList<string> ring, string did)
    {
        const int maxDidLength = 500;
        var dids = (ring ?? []).Take(NettingPlan.MaxRing + 1).Select(d => Fields.Text(d, "ring", 1, maxDidLength)).ToList();
        return dids.Count is >= NettingPlan.MinRing and <= NettingPlan.MaxRing && dids[0] == did
            && dids.Distinct(StringComparer.Ordinal).Count() == dids.Count
                ? dids
                : throw Fields.Invalid("ring", $"must name {NettingPlan.MinRing} to {NettingPlan.MaxRing} co-ops once each, this one first.");
    }
}
