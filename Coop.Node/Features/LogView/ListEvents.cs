using System.Globalization;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.LogView;

/// <summary>GET /api/log/events: what happened, newest first; on the first page also what still waits.</summary>
public static class ListEvents
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log/events", HandleAsync)
            .WithName("ListEvents")
            .WithSummary("List the log's events, newest first")
            .RequireReader(Roles.Member);

    /// <summary>An event of the log.</summary>
    /// <param name="Id">The event's id.</param>
    /// <param name="Seq">Its position in the log, from 0; null while it waits for one.</param>
    /// <param name="Type">What happened, e.g. <c>vote.cast</c>.</param>
    /// <param name="Actor">Who acted: <c>member:</c> and a pseudonym, or <c>node</c>.</param>
    /// <param name="Time">When, by the node's clock.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Visibility">Who may see its payload.</param>
    /// <param name="Mine">Whether the caller is the actor.</param>
    public sealed record Item(
        Guid Id,
        long? Seq,
        string Type,
        string Actor,
        DateTimeOffset Time,
        string Subject,
        Visibility Visibility,
        bool Mine);

    private static async Task<Page<Item>> HandleAsync(
        [AsParameters] PageQuery page, bool? mine, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var size = page.Size();
        var actor = mine == true ? me.Actor : null;
        var below = Below(page);
        var events = await transactions.ReadAsync(
            (connection, token) => ReadAsync(connection, actor, below, size + 1, token), ct);
        return Page.Of(events, size, KeyOf, e => new Item(
            e.Id, e.Seq, e.Type, e.Actor, e.Time, e.Subject, e.Visibility, e.Actor == me.Actor));
    }

    /// <summary>
    /// Waiting events are read first: one that gets its position in between is then seen twice, and
    /// dropped once, instead of being missed.
    /// </summary>
    private static async Task<IReadOnlyList<EventSummary>> ReadAsync(
        NpgsqlConnection connection, string? actor, long? below, int limit, CancellationToken ct)
    {
        var waiting = below is null ? await IntakeQueue.ReadNewestAsync(connection, actor, limit, ct) : [];
        var entries = actor is null
            ? await EntryStore.ReadNewestAsync(connection, below ?? long.MaxValue, limit, ct)
            : await EntryStore.ReadNewestOfActorAsync(connection, actor, below ?? long.MaxValue, limit, ct);
        var known = entries.Select(e => e.Id).ToHashSet();
        return
        [
            .. waiting.Where(w => !known.Contains(w.Id)).Select(EventSummary.Of)
                .Concat(entries.Select(EventSummary.Of))
                .Take(limit),
        ];
    }

    /// <summary>A page that ends among the waiting events goes on with the newest entry.</summary>
    private static string KeyOf(EventSummary e) => (e.Seq ?? long.MaxValue).ToString(CultureInfo.InvariantCulture);

    private static long? Below(PageQuery page) => page.After() switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) => seq,
        _ => throw Cursor.Refusal(),
    };
}
