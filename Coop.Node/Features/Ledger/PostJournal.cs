using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// POST /api/ledger/journals: a treasurer or an administrator posts anything that balances; a member pays from
/// accounts of their own.
/// </summary>
public static class PostJournal
{
    /// <summary>A thousand postings with room to spare.</summary>
    private const int MaxRequestBytes = 256 * 1024;

    /// <param name="EffectiveDate">The day that it counts for, 1900-01-01 to 2999-12-31.</param>
    /// <param name="Postings">2 to 1,000; they sum to zero in each unit.</param>
    /// <param name="Memo">0 to 500 characters.</param>
    /// <param name="Reference">The number of the document that it rests on, up to 100 characters.</param>
    /// <param name="Attachments">Up to 16 documents kept elsewhere: SHA-256 in 64 lower-case hexadecimal digits.</param>
    public sealed record Request(
        DateOnly EffectiveDate,
        IReadOnlyList<PostingRequest> Postings,
        string Memo = "",
        string? Reference = null,
        IReadOnlyList<string>? Attachments = null)
    {
        /// <summary>What it asks to post.</summary>
        /// <exception cref="RefusalException">A field is outside its range.</exception>
        public JournalDraft ToDraft() => new(
            Fields.Multiline(Memo, "memo", 0, LedgerLimits.MaxMemoLength),
            LedgerFields.EffectiveDate(EffectiveDate),
            [.. Postings.Select(Draft)])
        {
            Reference = Fields.OptionalText(Reference, "reference", LedgerLimits.MaxReferenceLength),
            Attachments = LedgerFields.Attachments(Attachments),
        };
    }

    /// <param name="AccountId">The account to post on; the amount is in its unit.</param>
    /// <param name="AmountMinor">
    /// In minor units, not zero: debits positive, credits negative; -(2^63 - 1) to 2^63 - 1.
    /// </param>
    public sealed record PostingRequest(Guid AccountId, long AmountMinor);

    /// <param name="Id">The journal's id.</param>
    /// <param name="Number">Its number in the books.</param>
    /// <param name="BookedAt">When it was booked.</param>
    /// <param name="EventId">The event <c>journal.posted</c>.</param>
    public sealed record Response(Guid Id, long Number, DateTimeOffset BookedAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/journals", HandleAsync)
            .RequireRole(Roles.Member)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Post a journal, or pay")
            .RequireIdempotencyKey()
            .Produces<Response>(StatusCodes.Status201Created);

    /// <summary>What is answered for a journal, by whatever request it was posted.</summary>
    internal static IdempotentAnswer Answer(Journal journal) => IdempotentAnswer.Created(
        $"/api/ledger/journals/{journal.Head.Id}",
        new Response(journal.Head.Id.Value, journal.Number, journal.Head.BookedAt, journal.Head.EventId));

    /// <summary>What a member may post.</summary>
    internal static Authority AuthorityOf(CurrentMember me) =>
        me.KeepsBooks ? Authority.Full : Authority.PaymentsOf(new(me.Id));

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request,
        HttpContext http,
        CurrentMember me,
        PostingDesk desk)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var reply = await desk.PostAsync(
            new PostingItem(once, me.Actor, new(me.Id), AuthorityOf(me), request.ToDraft()));
        return reply.Result();
    }

    private static PostingDraft Draft(PostingRequest? posting) => posting is null
        ? throw Fields.Invalid("postings", "holds a null.")
        : new(new AccountId(posting.AccountId), new Amount(posting.AmountMinor));
}
