using Coop.Ledger.Pending;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/pending/{id}/void: gives a pending journal up.</summary>
public static class VoidPending
{
    /// <param name="Id">The pending journal.</param>
    /// <param name="EventId">The event <c>journal.reservation-ended</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    /// <summary>An empty object.</summary>
    public sealed record Request;

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/pending/{id:guid}/void", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Void a pending journal")
            .RequireIdempotencyKey()
            .Produces<Response>();

    private static async Task<IResult> HandleAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request,
        HttpContext http,
        CurrentMember me,
        Transactions transactions,
        CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var pending = await PendingEnding.RequireAsync(scope, me, id, token);
                var eventId = await PendingEnding.ReleaseAsync(
                    scope, pending, PendingState.Voided, me.Actor, new(me.Id), token);
                return IdempotentAnswer.Ok(new Response(id, eventId));
            },
            ct);
    }
}
