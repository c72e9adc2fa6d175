using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/notices/{id}/redemption: the co-op takes the shares back and pays for them.</summary>
public static class RedeemShares
{
    /// <param name="AccountId">Where the money goes out, e.g. the bank, or what the co-op owes the member.</param>
    /// <param name="EffectiveDate">The day that it counts for; neither it nor today may lie before the notice is due.</param>
    /// <param name="Memo">0 to 500 characters; left empty, “Shares taken back”.</param>
    public sealed record Request(Guid AccountId, DateOnly EffectiveDate, string Memo = "");

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/notices/{id:guid}/redemption", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Redeem shares after notice")
            .RequireIdempotencyKey()
            .Produces<ShareAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var date = LedgerFields.EffectiveDate(request.EffectiveDate);
        var memo = ShareDesk.Memo(request.Memo, "Shares taken back");
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var desk = new ShareDesk(scope, me);
                var notice = await ShareAccess.RequireNoticeAsync(scope, me, id, token);
                var of = await desk.RequireClassAsync(notice.Unit, token);
                var holding = await desk.RequireAsync(of, notice.MemberId, token);
                var standing = await desk.StandingAsync(of, holding, token);
                // A date of the future does not bring the day nearer.
                var today = DateOnly.FromDateTime(scope.Now.UtcDateTime);
                ShareProblems.ThrowIfRefused(ShareRules.Redeem(
                    notice.State == ShareNotice.Open, notice.DueOn, date < today ? date : today, standing, notice.Shares));
                var paid = ShareRules.PayoutMinor(of.ParMinor, standing, notice.Shares);
                var journal = await desk.PostAsync(
                    date, memo, token, (holding.Shares, notice.Shares), (of.Issued, -notice.Shares),
                    (holding.Capital, paid), (ShareDesk.RequireOther(holding, request.AccountId), -paid));
                var ended = scope.Append(
                    ShareEvents.NoticeEnded(me.Actor, id, ShareNotice.Redeemed, journal.Head.Id));
                await ShareNoticeTable.EndAsync(
                    scope.Connection, id, ShareNotice.Redeemed, journal.Head.Id.Value, ended, scope.Now, token);
                return ShareAnswer.Of(journal, paid, ended);
            },
            ct);
    }
}
