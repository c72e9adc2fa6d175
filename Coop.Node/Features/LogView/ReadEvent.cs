using System.Text;
using System.Text.Json;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Features.Erasure;
using Coop.Node.Http;
using Npgsql;

namespace Coop.Node.Features.LogView;

/// <summary>GET /api/log/events/{id}: one event, with its payload for those who may see it.</summary>
public static class ReadEvent
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/log/events/{id:guid}", HandleAsync)
            .WithName("ReadEvent")
            .WithSummary("Read one event of the log, with its payload where the caller may see it")
            .RequireReader(Roles.Member);

    /// <summary>One event.</summary>
    /// <param name="Id">The event's id.</param>
    /// <param name="Seq">Its position in the log, from 0; null while it waits for one.</param>
    /// <param name="Entry">
    /// The exact entry, to be hashed as UTF-8: SHA-256(0x00 ‖ entry) is its leaf hash. Null while it waits.
    /// </param>
    /// <param name="Payload">
    /// The payload, whose canonical form (RFC 8785) the entry's <c>payloadHash</c> commits to; null where
    /// the caller may not see it, or it was erased.
    /// </param>
    /// <param name="Salt">The payload's salt, 32 bytes in base64; null together with the payload.</param>
    /// <param name="Erased">That the payload was erased; null while it is there.</param>
    /// <param name="IsErasable">Whether the caller may erase it, as far as who they are and its kind go.</param>
    public sealed record Response(
        Guid Id, long? Seq, string? Entry, JsonElement? Payload, string? Salt, ErasedView? Erased, bool IsErasable);

    /// <summary>That a payload was erased.</summary>
    /// <param name="At">When.</param>
    /// <param name="EventId">By which event, a <c>payload.erased</c>.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Peers">The co-ops that had fetched it.</param>
    public sealed record ErasedView(DateTimeOffset At, Guid EventId, string Reason, IReadOnlyList<ToldPeer> Peers);

    /// <summary>A co-op that had fetched the payload.</summary>
    /// <param name="Did">Its node's DID.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="State"><c>pending</c>, <c>confirmed</c> or <c>unanswered</c>.</param>
    public sealed record ToldPeer(string Did, string Name, string State);

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var (record, erased) = await transactions.ReadAsync((connection, token) => FindAsync(connection, id, token), ct);
        var found = record ?? throw ProblemTypes.NotFound.With("The log has no such event.");
        var payload = found.Payload?.IsVisibleTo(me.Actor) == true ? found.Payload : null;
        return new Response(
            id,
            found.Seq,
            found.Entry is null ? null : Encoding.UTF8.GetString(found.Entry),
            payload is null ? null : JsonElement.Parse(payload.Json),
            payload is null ? null : Convert.ToBase64String(payload.Salt),
            erased,
            IsErasable(found, me));
    }

    private static async Task<(EventRecord? Event, ErasedView? Erased)> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        var found = await EventStore.FindAsync(connection, id, ct);
        if (found is not { Payload: null } || await ErasureStore.FindAsync(connection, id, ct) is not { } erasure)
        {
            return (found, null);
        }

        var notices = await ErasureStore.ListNoticesAsync(connection, id, ct);
        return (found, new ErasedView(
            erasure.ErasedAt, erasure.ErasedEvent, erasure.Reason,
            [.. notices.Select(n => new ToldPeer(n.PeerDid, n.PeerName, n.State))]));
    }

    private static bool IsErasable(EventRecord found, CurrentMember me) =>
        found is { Payload: { } payload, Entry: { } bytes } && LogEntry.TryParse(bytes, out var entry)
        && ErasureRules.Of(entry!.Type) != Erasability.Never
        && ErasureRules.IsAllowed(payload.Visibility, payload.Actor == me.Actor, me.Is(Roles.Admin), isLegalRequest: false);
}
