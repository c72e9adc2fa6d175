using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/notices: a member gives notice on shares of theirs.</summary>
public static class GiveShareNotice
{
    /// <param name="Class">The class's code.</param>
    /// <param name="Shares">How many, at least 1; none on which notice was given.</param>
    /// <param name="MemberId">Whose shares; left out: one's own. Treasurers and administrators name others.</param>
    public sealed record Request(string Class, long Shares, Guid? MemberId = null);

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/notices", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Give notice on shares")
            .RequireIdempotencyKey()
            .Produces<ShareNoticeView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var code = LedgerFields.Unit(request.Class, "class");
        var count = Fields.Range(request.Shares, "shares", 1, long.MaxValue);
        var member = request.MemberId ?? me.Id;
        ShareAccess.Require(me, member);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var desk = new ShareDesk(scope, me);
                var of = await desk.RequireClassAsync(code, token);
                var holding = await desk.RequireAsync(of, member, token);
                var standing = await desk.StandingAsync(of, holding, token);
                ShareProblems.ThrowIfRefused(ShareRules.GiveNotice(standing, count));
                var due = DateOnly.FromDateTime(scope.Now.UtcDateTime).AddDays(of.NoticeDays);
                var notice = new ShareNotice(scope.NewId(), member, code, count, scope.Now, due, ShareNotice.Open, null);
                var eventId = scope.Append(ShareEvents.NoticeGiven(me.Actor, notice, holding.Actor));
                await ShareNoticeTable.AddAsync(scope.Connection, notice, eventId, token);
                return IdempotentAnswer.Created($"/api/shares/notices/{notice.Id}", ShareNoticeView.Of(notice));
            },
            ct);
    }
}
