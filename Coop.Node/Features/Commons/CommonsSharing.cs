using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>Shares and withdraws, within a write.</summary>
internal static class CommonsSharing
{
    private const int MaxAudience = 100;
    private const int MaxDidLength = 500;

    /// <summary>The DIDs of an audience as a caller sent it.</summary>
    public static IReadOnlyList<string>? ParseAudience(IReadOnlyList<string>? audience) => audience switch
    {
        null => null,
        { Count: 0 or > MaxAudience } => throw Fields.Invalid("audience", "names 1 to 100 peers, or is left out for all."),
        _ => [.. audience.Select(did => Fields.Text(did, "audience", 1, MaxDidLength)).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Publishes a document and shares it: two events, and the second names the first.</summary>
    public static async Task<CommonsItem> PublishAsync(
        WriteScope scope, Document document, IReadOnlyList<string>? audience, string actor, CancellationToken ct)
    {
        await RequireRoomAsync(scope, ct);
        var id = scope.NewId();
        var published = scope.Append(CommonsEvents.Published(id, document, actor));
        var item = new CommonsItem(
            id, published, CommonsKind.Dataset, document.Title, document.MediaType, document.Content.Length,
            scope.Events[^1].PayloadHash(), audience, scope.Now, scope.NextEventId());
        return await AddAsync(scope, item, actor, ct);
    }

    /// <exception cref="RefusalException">There is no such event, or it is not to be shared.</exception>
    public static async Task<CommonsItem> ShareAsync(
        WriteScope scope, Guid eventId, string? title, IReadOnlyList<string>? audience, string actor, CancellationToken ct)
    {
        await RequireRoomAsync(scope, ct);
        var found = await EventStore.FindAsync(scope.Connection, eventId, ct)
            ?? throw ProblemTypes.NotFound.With("The log has no such event.");
        if (found.Entry is not { } bytes || !LogEntry.TryParse(bytes, out var entry))
        {
            throw ProblemTypes.NotYetInLog.With("Wait until the event has its place in the log.");
        }

        if (entry!.Visibility == Visibility.Private)
        {
            throw ProblemTypes.NotShareable.With("What is private is its actor's alone.");
        }

        if (await CommonsItemStore.FindStandingAsync(scope.Connection, eventId, ct) is not null)
        {
            throw ProblemTypes.NotShareable.With("It is shared already; withdraw it first to name other peers.");
        }

        var payload = found.Payload ?? throw ProblemTypes.PayloadErased.With("There is nothing to share any more.");
        var item = new CommonsItem(
            scope.NewId(), eventId, CommonsKind.Event, title ?? entry.Type, Document.Json,
            System.Text.Encoding.UTF8.GetByteCount(payload.Json), entry.PayloadHash.ToArray(), audience, scope.Now,
            scope.NextEventId());
        return await AddAsync(scope, item, actor, ct);
    }

    /// <returns>The event <c>dataset.withdrawn</c>.</returns>
    public static async Task<Guid> WithdrawAsync(WriteScope scope, Guid id, string actor, CancellationToken ct)
    {
        var item = await CommonsItemStore.FindAsync(scope.Connection, id, ct);
        if (item is null || !await CommonsItemStore.WithdrawAsync(scope.Transaction, id, scope.Now, scope.FirstEventId, ct))
        {
            throw ProblemTypes.NotFound.With("Nothing of this id is shared.");
        }

        return scope.Append(CommonsEvents.Withdrawn(item, actor));
    }

    private static async Task<CommonsItem> AddAsync(WriteScope scope, CommonsItem item, string actor, CancellationToken ct)
    {
        await CommonsItemStore.InsertAsync(scope.Transaction, item, ct);
        scope.Append(CommonsEvents.Shared(item, actor), item.SharedEvent);
        return item;
    }

    private static async Task RequireRoomAsync(WriteScope scope, CancellationToken ct)
    {
        if ((await CommonsItemStore.ListStandingAsync(scope.Connection, ct)).Count >= CommonsItemStore.MaxStanding)
        {
            throw ProblemTypes.NotShareable.With("As much is shared as there may be; withdraw something first.");
        }
    }
}
