using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Outbox;

/// <summary>
/// What peers are still to be told. A row is written with the effect that it tells of, and deleted with the
/// peer's signed answer; in between any crash only means that it is sent again.
/// </summary>
internal static class OutboxStore
{
    private const string Insert = """
        INSERT INTO federation_outbox (id, peer_did, kind, ref, created_at, due_at, attempts)
        VALUES ($1, $2, $3, $4, $5, $5, 0)
        ON CONFLICT (peer_did, kind, ref) DO NOTHING
        """;

    private const string SelectDue = """
        SELECT id, peer_did, kind, ref, due_at, attempts, failed_at IS NOT NULL
        FROM federation_outbox
        WHERE due_at <= $1
        ORDER BY due_at, id
        LIMIT $2
        """;

    private const string UpdateTaken = """
        UPDATE federation_outbox SET due_at = $3, attempts = attempts + 1 WHERE id = $1 AND due_at = $2
        """;

    private const string UpdateFailed = "UPDATE federation_outbox SET due_at = $2, problem = $3 WHERE id = $1";

    private const string UpdateRefused = """
        UPDATE federation_outbox SET due_at = $2, problem = $3, failed_at = $4 WHERE id = $1
        """;

    private const string UpdateDue = "UPDATE federation_outbox SET due_at = $2 WHERE id = $1";

    private const string UpdateAgain = """
        UPDATE federation_outbox SET due_at = $2, attempts = 0, failed_at = NULL WHERE id = $1
        """;

    private const string SelectAll = """
        SELECT id, peer_did, kind, ref, created_at, attempts, due_at, problem, failed_at
        FROM federation_outbox
        ORDER BY failed_at IS NULL, created_at, id
        LIMIT $1
        """;

    private const string Delete = "DELETE FROM federation_outbox WHERE peer_did = $1 AND kind = $2 AND ref = $3";

    public static Task AddAsync(
        WriteScope scope, string peerDid, string kind, Guid reference, CancellationToken ct) =>
        scope.Connection.Command(Insert, scope.NewId(), peerDid, kind, reference, scope.Now).RunAsync(ct);

    public static Task<List<OutboxMessage>> ListDueAsync(
        NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken ct) =>
        connection.Command(SelectDue, now, (long)limit).ListAsync(
            r => new OutboxMessage(
                r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetGuid(3), r.GetFieldValue<DateTimeOffset>(4), r.GetInt64(5), r.GetBoolean(6)),
            ct);

    /// <summary>Takes a message for a while; false when another replica took it.</summary>
    public static async Task<bool> TakeAsync(
        NpgsqlTransaction transaction, OutboxMessage message, DateTimeOffset until, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateTaken, message.Id, message.DueAt, until).RunAsync(ct) == 1;

    public static Task PostponeAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset dueAt, string problem, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateFailed, id, dueAt, problem).RunAsync(ct);

    /// <summary>Keeps for people what a peer will not take; <paramref name="lookAt"/> is when it is looked at next.</summary>
    public static Task FailAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset lookAt, string problem, DateTimeOffset failedAt, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateRefused, id, lookAt, problem, failedAt).RunAsync(ct);

    /// <summary>Says when it is looked at next.</summary>
    public static Task LookAgainAsync(NpgsqlTransaction transaction, Guid id, DateTimeOffset at, CancellationToken ct) =>
        transaction.Connection!.Command(UpdateDue, id, at).RunAsync(ct);

    /// <summary>Sends now; false when there is nothing of that id.</summary>
    public static async Task<bool> SendAgainAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken ct) =>
        await transaction.Connection!.Command(UpdateAgain, id, now).RunAsync(ct) == 1;

    /// <summary>Those that failed first, then the oldest.</summary>
    public static Task<List<ListOutbox.Item>> ListAsync(NpgsqlConnection connection, int limit, CancellationToken ct) =>
        connection.Command(SelectAll, (long)limit).ListAsync(
            r => new ListOutbox.Item(
                r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetGuid(3), r.GetFieldValue<DateTimeOffset>(4), r.GetInt64(5),
                r.IsDBNull(8) ? r.GetFieldValue<DateTimeOffset>(6) : null, r.NullableText(7), r.Nullable<DateTimeOffset>(8)),
            ct);

    public static Task DeleteAsync(
        NpgsqlTransaction transaction, string peerDid, string kind, Guid reference, CancellationToken ct) =>
        transaction.Connection!.Command(Delete, peerDid, kind, reference).RunAsync(ct);
}
