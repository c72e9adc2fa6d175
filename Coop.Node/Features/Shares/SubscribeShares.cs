using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/subscriptions: a member takes shares; paying them in is a step of its own.</summary>
public static class SubscribeShares
{
    /// <param name="MemberId">Who takes them.</param>
    /// <param name="Class">The class's code.</param>
    /// <param name="Shares">How many, at least 1.</param>
    /// <param name="EffectiveDate">The day that it counts for.</param>
    /// <param name="Memo">0 to 500 characters; left empty, “Shares taken”.</param>
    public sealed record Request(Guid MemberId, string Class, long Shares, DateOnly EffectiveDate, string Memo = "");

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/subscriptions", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Record that a member takes shares")
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
        var memo = ShareDesk.Memo(request.Memo, ShareDesk.Subscribed);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
                (await new ShareDesk(scope, me).SubscribeAsync(code, request.MemberId, count, date, memo, token)).Answer,
            ct);
    }
}
