using System.Text.Json;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// POST /api/ledger/journals/batch: many journals in one request, each under a key and with an outcome of
/// its own. Linked ones stand or fall together.
/// </summary>
public static class PostBatch
{
    public const int MaxItems = 500;

    private const int MaxRequestBytes = 1024 * 1024;

    // An item is the same request as the journal posted alone under the same key.
    private const string PathOfOne = "/api/ledger/journals";

    /// <param name="Items">1 to 500 journals, posted in this order.</param>
    public sealed record Request(IReadOnlyList<Item> Items);

    /// <param name="Key">Its idempotency key, 1 to 200 visible ASCII characters.</param>
    /// <param name="Journal">What is to be posted.</param>
    /// <param name="Linked">Whether it stands or falls with the next item.</param>
    public sealed record Item(string Key, PostJournal.Request Journal, bool Linked = false);

    /// <param name="Items">One for each item, in the same order.</param>
    public sealed record Response(IReadOnlyList<ItemResponse> Items);

    /// <param name="Key">The item's key.</param>
    /// <param name="Outcome"><c>posted</c>, or the last part of the problem type that refuses it.</param>
    /// <param name="Replayed">Whether it was posted by an earlier request.</param>
    /// <param name="Detail">For a refusal, what it is about.</param>
    /// <param name="Journal">The journal, where it is posted.</param>
    public sealed record ItemResponse(
        string Key, string Outcome, bool Replayed, string? Detail, PostJournal.Response? Journal);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/journals/batch", HandleAsync)
            .RequireRole(Roles.Member)
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Post many journals, each with its own key and outcome");

    private static async Task<Response> HandleAsync(Request request, CurrentMember me, PostingDesk desk)
    {
        Fields.Range(request.Items.Count, "items", 1, MaxItems);
        var items = request.Items.Select(item => ToItem(item, me)).ToList();
        var replies = await desk.PostAsync(new PostingOrder(items));
        return new Response([.. items.Zip(replies, ToResponse)]);
    }

    private static PostingItem ToItem(Item? item, CurrentMember me)
    {
        var one = item ?? throw Fields.Invalid("items", "holds a null.");
        var hash = IdempotentRequest.HashOf(HttpMethods.Post, PathOfOne, one.Journal);
        var once = new IdempotentRequest(me.Id, IdempotencyKey.Parse(one.Key), hash);
        return new PostingItem(
            once, me.Actor, new(me.Id), PostJournal.AuthorityOf(me), one.Journal.ToDraft(), one.Linked);
    }

    private static ItemResponse ToResponse(PostingItem item, PostingReply reply)
    {
        var key = item.Once.Key.Value;
        if (reply.Answer is null)
        {
            var refusal = LedgerProblems.Of(reply.Outcome, reply.Culprit);
            return new ItemResponse(key, refusal.Type.Code, false, refusal.Message, null);
        }

        var journal = JsonSerializer.Deserialize<PostJournal.Response>(reply.Answer.Json, StrictJson.Options);
        return new ItemResponse(key, "posted", reply.Replayed, null, journal);
    }
}
