using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/pending/{id}/post: books a pending journal, or a lesser amount of it.</summary>
public static class PostPending
{
    /// <param name="AmountMinor">
    /// In minor units, from 1 to what it moves; only where it has two postings. Left out for the whole; what is
    /// not posted is given free.
    /// </param>
    /// <param name="EffectiveDate">The day that the journal counts for; left out for the one it was reserved with.</param>
    public sealed record Request(long? AmountMinor = null, DateOnly? EffectiveDate = null);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/pending/{id:guid}/post", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Post a pending journal")
            .RequireIdempotencyKey()
            .Produces<PostJournal.Response>(StatusCodes.Status201Created);

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
                var postings = pending.Part(request.AmountMinor) ?? throw Fields.Invalid(
                    "amountMinor", "must be from 1 to what the pending journal moves, and that of two postings alone.");
                var day = LedgerFields.EffectiveDate(request.EffectiveDate ?? pending.Head.EffectiveDate);
                return PostJournal.Answer(await PendingEnding.PostAsync(scope, me, pending, postings, day, token));
            },
            ct);
    }
}
