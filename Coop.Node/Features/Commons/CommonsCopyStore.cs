using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Commons;

/// <summary>
/// Copies of what peers share. A row stands before the content is asked for: so an erasure that overtakes the answer
/// finds it, and the answer then finds no row to fill.
/// </summary>
internal static class CommonsCopyStore
{
    private const string SelectById = """
        SELECT id, peer_did, peer_name, event_id, hash, title, media_type, state, payload, fetched_at, erased_at,
          erased_event, confirmation
        FROM commons_copies
        WHERE id = $1
        """;

    private const string SelectByEvent = """
        SELECT id, peer_did, peer_name, event_id, hash, title, media_type, state, payload, fetched_at, erased_at,
          erased_event, confirmation
        FROM commons_copies
        WHERE peer_did = $1 AND event_id = $2
        """;

    // Without the contents, which may be large.
    private const string SelectPage = """
        SELECT id, peer_did, peer_name, event_id, hash, title, media_type, state, NULL::text, fetched_at, erased_at,
          erased_event, confirmation
        FROM commons_copies
        WHERE id < $1 AND state <> 'fetching'
        ORDER BY id DESC
        LIMIT $2
        """;

    private const string Insert = """
        INSERT INTO commons_copies (id, peer_did, peer_name, event_id, hash, title, media_type, state, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'fetching', $8)
        ON CONFLICT (peer_did, event_id) DO NOTHING
        """;

    private const string UpdateHeld = """
        UPDATE commons_copies
        SET state = 'held', entry = $2, salt = $3, payload = $4, fetched_at = $5
        WHERE id = $1 AND state = 'fetching'
        """;

    private const string UpdateErased = """
        UPDATE commons_copies
        SET state = 'erased', entry = NULL, salt = NULL, payload = NULL, erased_at = $2, erased_event = $3, confirmation = $4
        WHERE id = $1 AND state <> 'erased'
        """;

    private const string SelectGivers = """
        SELECT DISTINCT peer_did FROM commons_copies WHERE state = 'held' AND fetched_at < $1
        """;

    private const string SelectHeld = """
        SELECT id, peer_did, event_id, hash FROM commons_copies WHERE state = 'held' AND peer_did = $1 ORDER BY id LIMIT $2
        """;

    private const string Delete = "DELETE FROM commons_copies WHERE id = $1 AND state = 'held'";

    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <param name="Id">The row.</param>
    /// <param name="PeerDid">Whose content it is.</param>
    /// <param name="EventId">The peer's event.</param>
    /// <param name="Hash">Its payload hash.</param>
    public sealed record Held(Guid Id, string PeerDid, Guid EventId, byte[] Hash);

    /// <summary>Of whom there are copies that were fetched before <paramref name="before"/>.</summary>
    public static Task<List<string>> ListGiversAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken ct) =>
        connection.Command(SelectGivers, before).ListAsync(r => r.GetString(0), ct);

    /// <summary>Copies of a peer's content, without it.</summary>
    public static Task<List<Held>> ListHeldAsync(NpgsqlConnection connection, string peerDid, int limit, CancellationToken ct) =>
        connection.Command(SelectHeld, peerDid, (long)limit).ListAsync(
            r => new Held(r.GetGuid(0), r.GetString(1), r.GetGuid(2), r.GetFieldValue<byte[]>(3)), ct);

    /// <summary>Deletes a copy, which may be fetched again; false when it is not held any more.</summary>
    public static async Task<bool> DeleteAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct) =>
        await transaction.Connection!.Command(Delete, id).RunAsync(ct) == 1;

    public static Task<CommonsCopy?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectById, id).SingleAsync(Read, ct);

    public static Task<CommonsCopy?> FindAsync(
        NpgsqlConnection connection, string peerDid, Guid eventId, CancellationToken ct) =>
        connection.Command(SelectByEvent, peerDid, eventId).SingleAsync(Read, ct);

    /// <summary>Newest first, without their contents.</summary>
    public static Task<List<CommonsCopy>> ListAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? Last, (long)limit).ListAsync(Read, ct);

    /// <summary>Notes that a copy is asked for; nothing where it is noted already.</summary>
    public static Task AskAsync(NpgsqlTransaction transaction, CommonsCopy copy, DateTimeOffset at, CancellationToken ct) =>
        transaction.Connection!.Command(
            Insert, copy.Id, copy.PeerDid, copy.PeerName, copy.EventId, copy.Hash, copy.Title, copy.MediaType, at).RunAsync(ct);

    /// <summary>False when it was fetched or erased meanwhile.</summary>
    public static async Task<bool> HoldAsync(
        NpgsqlTransaction transaction, Guid id, ProvenPayload proven, DateTimeOffset at, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateHeld, id, proven.Entry, proven.Salt, proven.Json, at).RunAsync(ct) == 1;

    /// <summary>Deletes the content, for good.</summary>
    public static Task EraseAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset at, Guid eventId, JsonObject confirmation, CancellationToken ct) =>
        transaction.Connection!.Command(
            UpdateErased, id, at, eventId, Encoding.UTF8.GetString(CanonicalJson.Serialize(confirmation))).RunAsync(ct);

    private static JsonObject? JsonOf(string? text) =>
        text is null ? null : CanonicalJson.Parse(Encoding.UTF8.GetBytes(text))!.AsObject();

    private static CommonsCopy Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetGuid(3),
        row.GetFieldValue<byte[]>(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7),
        JsonOf(row.NullableText(8)),
        row.Nullable<DateTimeOffset>(9),
        row.Nullable<DateTimeOffset>(10),
        row.Nullable<Guid>(11),
        JsonOf(row.NullableText(12)));
}
