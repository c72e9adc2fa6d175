using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Shares;

/// <summary>What members ask for, and what became of it; rows are never changed.</summary>
internal static class ShareRequestTable
{
    private const string Insert = """
        INSERT INTO share_requests (id, member_id, unit, shares, asked_at, event_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string InsertEnd = """
        INSERT INTO share_request_ends (request_id, outcome, reason, journal_id, event_id, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string SelectOne = """
        SELECT r.id, r.member_id, r.unit, r.shares, r.asked_at, e.outcome, e.reason, e.journal_id
        FROM share_requests r
        LEFT JOIN share_request_ends e ON e.request_id = r.id
        WHERE r.id = $1
        """;

    private const string SelectOfMember = """
        SELECT r.id, r.member_id, r.unit, r.shares, r.asked_at, e.outcome, e.reason, e.journal_id
        FROM share_requests r
        LEFT JOIN share_request_ends e ON e.request_id = r.id
        WHERE r.member_id = $1
        ORDER BY r.id DESC LIMIT $2
        """;

    private const string SelectOpen = """
        SELECT r.id, r.member_id, r.unit, r.shares, r.asked_at, e.outcome, e.reason, e.journal_id
        FROM share_requests r
        LEFT JOIN share_request_ends e ON e.request_id = r.id
        WHERE r.id > $1 AND e.request_id IS NULL
        ORDER BY r.id LIMIT $2
        """;

    private const string CountOpen = """
        SELECT count(*)
        FROM share_requests r
        LEFT JOIN share_request_ends e ON e.request_id = r.id
        WHERE r.member_id = $1 AND e.request_id IS NULL
        """;

    public static Task AddAsync(NpgsqlConnection connection, ShareRequest request, Guid eventId, CancellationToken ct) =>
        connection.Command(
            Insert, request.Id, request.MemberId, request.Unit.Value, request.Shares, request.AskedAt, eventId).RunAsync(ct);

    public static async Task EndAsync(
        NpgsqlConnection connection, ShareRequest ended, Guid eventId, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = connection.Command(
            InsertEnd, ended.Id, ended.State, ended.Reason, ended.JournalId, eventId, now);
        command.Parameters[3].NpgsqlDbType = NpgsqlDbType.Uuid;
        await command.ExecuteNonQueryAsync(ct);
    }

    public static Task<ShareRequest?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectOne, id).SingleAsync(Read, ct);

    /// <summary>The newest first.</summary>
    public static Task<List<ShareRequest>> ListOfMemberAsync(
        NpgsqlConnection connection, Guid member, int limit, CancellationToken ct) =>
        connection.Command(SelectOfMember, member, (long)limit).ListAsync(Read, ct);

    /// <summary>What waits for an answer, oldest first.</summary>
    public static Task<List<ShareRequest>> ListOpenAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectOpen, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    public static async Task<long> CountOpenAsync(NpgsqlConnection connection, Guid member, CancellationToken ct) =>
        (await connection.Command(CountOpen, member).ListAsync(row => row.GetInt64(0), ct))[0];

    private static ShareRequest Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        UnitCode.Parse(row.GetString(2)),
        row.GetInt64(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.NullableText(5) ?? ShareRequest.Open,
        row.NullableText(6) ?? "",
        row.Nullable<Guid>(7));
}
