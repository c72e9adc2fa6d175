using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// POST /api/ledger/journals: an administrator posts anything that balances; a member pays from
/// accounts of their own.
/// </summary>
public static class PostJournal
{
    /// <param name="EffectiveDate">The day that it counts for, 1900-01-01 to 2999-12-31.</param>
    /// <param name="Postings">2 to 100; they sum to zero in each unit.</param>
    /// <param name="Memo">0 to 500 characters.</param>
    public sealed record Request(
        DateOnly EffectiveDate, IReadOnlyList<PostingRequest> Postings, string Memo = "");

    /// <param name="AccountId">The account to post on; the amount is in its unit.</param>
    /// <param name="AmountMinor">
    /// In minor units, not zero: debits positive, credits negative; -(2^63 - 1) to 2^63 - 1.
    /// </param>
    public sealed record PostingRequest(Guid AccountId, long AmountMinor);

    /// <param name="Id">The journal's id.</param>
    /// <param name="BookedAt">When it was booked.</param>
    /// <param name="EventId">The event <c>journal.posted</c>.</param>
    public sealed record Response(Guid Id, DateTimeOffset BookedAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/journals", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Post a journal, or pay")
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
        var memo = Fields.Multiline(request.Memo, "memo", 0, LedgerLimits.MaxMemoLength);
        var effectiveDate = LedgerFields.EffectiveDate(request.EffectiveDate);
        var postings = request.Postings.Select(Draft).ToList();
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var head = new JournalHead(
                    new(scope.NewId()), scope.NextEventId(), memo, effectiveDate, scope.Now, new(me.Id));
                var authority = me.Is(Roles.Admin) ? Authority.Full : Authority.PaymentsOf(new(me.Id));
                await LedgerPosting.PostAsync(scope, me.Actor, head, postings, authority, token);
                return IdempotentAnswer.Created(
                    $"/api/ledger/journals/{head.Id}",
                    new Response(head.Id.Value, head.BookedAt, head.EventId));
            },
            ct);
    }

    private static PostingDraft Draft(PostingRequest? posting) => posting is null
        ? throw Fields.Invalid("postings", "holds a null.")
        : new(new AccountId(posting.AccountId), new Amount(posting.AmountMinor));
}
