using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/transfers: shares go to another member, with what was paid in on them.</summary>
public static class TransferShares
{
    /// <param name="FromMemberId">Who gives them.</param>
    /// <param name="ToMemberId">Who takes them, another member.</param>
    /// <param name="Class">The class's code.</param>
    /// <param name="Shares">How many, at least 1; none on which notice was given.</param>
    /// <param name="EffectiveDate">The day that it counts for.</param>
    /// <param name="Memo">0 to 500 characters; left empty, “Shares passed on”.</param>
    public sealed record Request(
        Guid FromMemberId, Guid ToMemberId, string Class, long Shares, DateOnly EffectiveDate, string Memo = "");

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/transfers", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Transfer shares to another member")
            .RequireIdempotencyKey()
            .Produces<ShareAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var code = LedgerFields.Unit(request.Class, "class");
        var count = Fields.Range(request.Shares, "shares", 1, long.MaxValue);
        var date = LedgerFields.EffectiveDate(request.EffectiveDate);
        var memo = ShareDesk.Memo(request.Memo, "Shares passed on");
        if (request.FromMemberId == request.ToMemberId)
        {
            throw Fields.Invalid("toMemberId", "must be another member.");
        }

        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var desk = new ShareDesk(scope, me);
                var of = await desk.RequireClassAsync(code, token);
                var from = await desk.RequireAsync(of, request.FromMemberId, token);
                var to = await desk.OpenAsync(of, request.ToMemberId, token);
                var gives = await desk.StandingAsync(of, from, token);
                var takes = await desk.StandingAsync(of, to, token);
                ShareProblems.ThrowIfRefused(ShareRules.Transfer(of.ParMinor, gives, takes, count));
                var paid = ShareRules.MovedMinor(gives, count);
                var journal = await desk.PostAsync(
                    date, memo, token, (from.Shares, count), (to.Shares, -count), (from.Capital, paid), (to.Capital, -paid));
                var moved = ShareEvents.Transferred(me.Actor, code, from.Actor, to.Actor, (count, paid), journal.Head.Id);
                return ShareAnswer.Of(journal, paid, scope.Append(moved));
            },
            ct);
    }
}
