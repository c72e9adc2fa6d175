using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/journals/{id}/reverse: posts the opposite of a journal, linked with it, once.</summary>
public static class ReverseJournal
{
    /// <param name="EffectiveDate">The day that the reversal counts for.</param>
    /// <param name="Memo">Why, 0 to 500 characters.</param>
    /// <param name="Reference">The number of the document that it rests on, up to 100 characters.</param>
    /// <param name="Attachments">Up to 16 documents kept elsewhere: SHA-256 in 64 lower-case hexadecimal digits.</param>
    public sealed record Request(
        DateOnly EffectiveDate,
        string Memo = "",
        string? Reference = null,
        IReadOnlyList<string>? Attachments = null);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/journals/{id:guid}/reverse", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Reverse a journal")
            .RequireIdempotencyKey()
            .Produces<PostJournal.Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request,
        HttpContext http,
        CurrentMember me,
        PostingDesk desk)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var draft = new JournalDraft(
            Fields.Multiline(request.Memo, "memo", 0, LedgerLimits.MaxMemoLength),
            LedgerFields.EffectiveDate(request.EffectiveDate),
            [])
        {
            Reference = Fields.OptionalText(request.Reference, "reference", LedgerLimits.MaxReferenceLength),
            Attachments = LedgerFields.Attachments(request.Attachments),
            Reverses = new JournalId(id),
        };
        var reply = await desk.PostAsync(new PostingItem(once, me.Actor, new(me.Id), Authority.Full, draft));
        return reply.Result();
    }
}
