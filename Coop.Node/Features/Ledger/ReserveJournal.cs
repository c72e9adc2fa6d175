using Coop.Ledger.Journals;
using Coop.Ledger.Pending;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/pending: reserves what a journal will move, to be posted or voided later.</summary>
public static class ReserveJournal
{
    /// <param name="Journal">What will be posted.</param>
    /// <param name="ExpiresAt">When it ends by itself, in the future; left out for never.</param>
    public sealed record Request(PostJournal.Request Journal, DateTimeOffset? ExpiresAt = null);

    /// <param name="Id">The pending journal's id.</param>
    /// <param name="ExpiresAt">When it ends by itself.</param>
    /// <param name="EventId">The event <c>journal.reserved</c>.</param>
    public sealed record Response(Guid Id, DateTimeOffset? ExpiresAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/pending", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Reserve what a journal will move")
            .RequireIdempotencyKey()
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request,
        HttpContext http,
        CurrentMember me,
        Transactions transactions,
        CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var draft = request.Journal.ToDraft();
        return await transactions.WriteOnceAsync(
            once, (scope, token) => ReserveAsync(scope, me, draft, request.ExpiresAt, token), ct);
    }

    private static async Task<IdempotentAnswer> ReserveAsync(
        WriteScope scope, CurrentMember me, JournalDraft draft, DateTimeOffset? expiresAt, CancellationToken ct)
    {
        if (expiresAt <= scope.Now)
        {
            throw Fields.Invalid("expiresAt", "must lie in the future.");
        }

        var books = await OpenBooks.Of(scope).LoadAsync(draft.Postings.Select(p => p.Account), ct);
        var head = draft.Head(new(scope.NewId()), scope.NextEventId(), scope.Now, new(me.Id));
        var result = books.Reserve(head, draft.Postings, PostJournal.AuthorityOf(me));
        var journal = result.Journal ?? throw LedgerProblems.Of(result);
        // Microseconds are what the database keeps.
        var until = expiresAt?.ToUniversalTime();
        scope.Append(PendingEvents.Reserved(me.Actor, head, draft.Postings, until), head.EventId);
        foreach (var command in PendingStore.Add(journal, until))
        {
            scope.Defer(command);
        }

        return IdempotentAnswer.Created(
            $"/api/ledger/pending/{head.Id}", new Response(head.Id.Value, until, head.EventId));
    }
}
