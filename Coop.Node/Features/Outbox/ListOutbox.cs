using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Outbox;

/// <summary>What peers are still to be told, for people; and what a peer will not take, to be sent again.</summary>
public static class ListOutbox
{
    private const int MaxListed = 500;

    /// <param name="Id">UUIDv7.</param>
    /// <param name="PeerDid">Whom.</param>
    /// <param name="Kind"><c>claim</c>, <c>claim-withdrawal</c> or <c>erasure</c>.</param>
    /// <param name="Ref">The claim, or the event whose content is erased.</param>
    /// <param name="CreatedAt">Since when it waits.</param>
    /// <param name="Attempts">How often it was sent.</param>
    /// <param name="DueAt">When it is sent next; null where it is not.</param>
    /// <param name="Problem">Why the last attempt failed; a problem type where the peer gave one.</param>
    /// <param name="FailedAt">When the peer refused it for good; null while it is tried.</param>
    public sealed record Item(
        Guid Id, string PeerDid, string Kind, Guid Ref, DateTimeOffset CreatedAt, long Attempts, DateTimeOffset? DueAt,
        string? Problem, DateTimeOffset? FailedAt);

    /// <param name="Items">Those that failed first, then the oldest; at most 500.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>For the co-op's own pages.</summary>
    public static void MapOutbox(this IEndpointRouteBuilder api)
    {
        api.MapGet("/outbox", HandleAsync)
            .RequireReader(Roles.Admin)
            .WithName("ListOutbox")
            .WithSummary("List what peers are still to be told, and what they refused");
        api.MapPost("/outbox/{id:guid}/send-again", SendAgainAsync)
            .RequireRole(Roles.Admin)
            .WithName("SendAgain")
            .WithSummary("Send again what a peer did not take");
    }

    private static async Task<Response> HandleAsync(Transactions transactions, CancellationToken ct) =>
        new(await transactions.ReadAsync((c, t) => OutboxStore.ListAsync(c, MaxListed, t), ct));

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> SendAgainAsync(
        Guid id, Transactions transactions, OutboxSignal signal, TimeProvider time, CancellationToken ct)
    {
        if (!await transactions.MaintainAsync((t, c) => OutboxStore.SendAgainAsync(t, id, time.GetUtcNow(), c), ct))
        {
            throw ProblemTypes.NotFound.With("Nothing of this id waits.");
        }

        signal.Wake();
        return TypedResults.NoContent();
    }
}
