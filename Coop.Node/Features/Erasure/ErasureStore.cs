using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Erasure;

/// <summary>What was erased, and who confirmed it. Durable with the transaction's commit.</summary>
internal static class ErasureStore
{
    private const string Select = """
        SELECT event_id, hash, reason, erased_at, erased_event FROM payload_erasures WHERE event_id = $1
        """;

    private const string SelectNotices = """
        SELECT peer_did, peer_name, state, problem, confirmation
        FROM erasure_notices
        WHERE event_id = $1
        ORDER BY peer_did
        """;

    private const string Insert = """
        INSERT INTO payload_erasures (event_id, hash, reason, erased_at, erased_event) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string InsertNotice = """
        INSERT INTO erasure_notices (event_id, peer_did, peer_name, state) VALUES ($1, $2, $3, 'pending')
        """;

    private const string UpdateNotice = """
        UPDATE erasure_notices SET state = $3, problem = $4, confirmation = $5
        WHERE event_id = $1 AND peer_did = $2 AND state = 'pending'
        """;

    public static Task<Erasure?> FindAsync(NpgsqlConnection connection, Guid eventId, CancellationToken ct) =>
        connection.Command(Select, eventId).SingleAsync(
            r => new Erasure(
                r.GetGuid(0), r.GetFieldValue<byte[]>(1), r.GetString(2), r.GetFieldValue<DateTimeOffset>(3), r.GetGuid(4)),
            ct);

    public static Task<List<ErasureNotice>> ListNoticesAsync(NpgsqlConnection connection, Guid eventId, CancellationToken ct) =>
        connection.Command(SelectNotices, eventId).ListAsync(
            r => new ErasureNotice(r.GetString(0), r.GetString(1), r.GetString(2), r.NullableText(3), r.NullableText(4)), ct);

    public static Task InsertAsync(NpgsqlTransaction transaction, Erasure erasure, CancellationToken ct) =>
        transaction.Connection!.Command(
            Insert, erasure.EventId, erasure.Hash, erasure.Reason, erasure.ErasedAt, erasure.ErasedEvent).RunAsync(ct);

    public static Task InsertNoticeAsync(
        NpgsqlTransaction transaction, Guid eventId, string peerDid, string peerName, CancellationToken ct) =>
        transaction.Connection!.Command(InsertNotice, eventId, peerDid, peerName).RunAsync(ct);

    public static Task ConfirmAsync(
        NpgsqlTransaction transaction, Guid eventId, string peerDid, JsonObject confirmation, CancellationToken ct) =>
        transaction.Connection!.Command(
            UpdateNotice, eventId, peerDid, "confirmed", null, Encoding.UTF8.GetString(CanonicalJson.Serialize(confirmation)))
            .RunAsync(ct);

    public static Task GiveUpAsync(
        NpgsqlTransaction transaction, Guid eventId, string peerDid, string problem, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateNotice, eventId, peerDid, "unanswered", problem, null).RunAsync(ct);
}
