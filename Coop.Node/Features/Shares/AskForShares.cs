using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/requests: a member asks for shares; whoever keeps the books answers.</summary>
public static class AskForShares
{
    /// <summary>What a member may ask for before the first is answered.</summary>
    public const int MaxOpen = 5;

    /// <param name="Class">The class's code.</param>
    /// <param name="Shares">How many, at least 1.</param>
    public sealed record Request(string Class, long Shares);

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/requests", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Ask for shares")
            .RequireIdempotencyKey()
            .Produces<ShareRequestView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var code = LedgerFields.Unit(request.Class, "class");
        var count = Fields.Range(request.Shares, "shares", 1, long.MaxValue);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                await new ShareDesk(scope, me).RequireClassAsync(code, token);
                if (await ShareRequestTable.CountOpenAsync(scope.Connection, me.Id, token) >= MaxOpen)
                {
                    throw ProblemTypes.TooManyShareRequests.With($"{MaxOpen} wait for an answer already.");
                }

                var asked = new ShareRequest(scope.NewId(), me.Id, code, count, scope.Now, ShareRequest.Open, "", null);
                var eventId = scope.Append(ShareEvents.Requested(me.Actor, asked));
                await ShareRequestTable.AddAsync(scope.Connection, asked, eventId, token);
                return IdempotentAnswer.Created($"/api/shares/requests/{asked.Id}", ShareRequestView.Of(asked));
            },
            ct);
    }
}
