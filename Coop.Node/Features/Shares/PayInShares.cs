using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Coop.Node.Log;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/payments: a member pays in on shares that were subscribed.</summary>
public static class PayInShares
{
    /// <param name="MemberId">Whose shares are paid.</param>
    /// <param name="Class">The class's code.</param>
    /// <param name="AmountMinor">In minor units of the class's money, 1 to what is owed.</param>
    /// <param name="AccountId">Where the money came in, e.g. the bank, or the member's own money.</param>
    /// <param name="EffectiveDate">The day that it counts for.</param>
    /// <param name="Memo">0 to 500 characters; left empty, “Paid in for shares”.</param>
    public sealed record Request(
        Guid MemberId, string Class, long AmountMinor, Guid AccountId, DateOnly EffectiveDate, string Memo = "");

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/payments", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Record that a member pays in on shares")
            .RequireIdempotencyKey()
            .Produces<ShareAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var code = LedgerFields.Unit(request.Class, "class");
        var amount = Fields.Range(request.AmountMinor, "amountMinor", 1, long.MaxValue);
        var date = LedgerFields.EffectiveDate(request.EffectiveDate);
        var memo = ShareDesk.Memo(request.Memo, "Paid in for shares");
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var desk = new ShareDesk(scope, me);
                var of = await desk.RequireClassAsync(code, token);
                var holding = await desk.RequireAsync(of, request.MemberId, token);
                var standing = await desk.StandingAsync(of, holding, token);
                ShareProblems.ThrowIfRefused(ShareRules.PayIn(of.ParMinor, standing, amount));
                var journal = await desk.PostAsync(
                    date, memo, token, (ShareDesk.RequireOther(holding, request.AccountId), amount), (holding.Capital, -amount));
                var moved = ShareEvents.Moved(
                    EventTypes.SharesPaidIn, me.Actor, code, holding.Actor, amount, journal.Head.Id);
                return ShareAnswer.Of(journal, amount, scope.Append(moved));
            },
            ct);
    }
}
