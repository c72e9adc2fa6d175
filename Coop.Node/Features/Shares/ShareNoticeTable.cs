using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Node.Features.Shares;

/// <summary>Notices on shares and their ends; rows are never changed.</summary>
internal static class ShareNoticeTable
{
    private const string Insert = """
        INSERT INTO share_notices (id, member_id, unit, shares, given_at, due_on, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string InsertEnd = """
        INSERT INTO share_notice_ends (notice_id, outcome, journal_id, event_id, ended_at)
        VALUES ($1, $2, $3, $4, $5)
        """;

    private const string SelectOne = """
        SELECT n.id, n.member_id, n.unit, n.shares, n.given_at, n.due_on, e.outcome, e.journal_id
        FROM share_notices n
        LEFT JOIN share_notice_ends e ON e.notice_id = n.id
        WHERE n.id = $1
        """;

    private const string SelectOfMember = """
        SELECT n.id, n.member_id, n.unit, n.shares, n.given_at, n.due_on, e.outcome, e.journal_id
        FROM share_notices n
        LEFT JOIN share_notice_ends e ON e.notice_id = n.id
        WHERE n.member_id = $1
        ORDER BY n.id
        """;

    private const string SelectOpen = """
        SELECT n.id, n.member_id, n.unit, n.shares, n.given_at, n.due_on, e.outcome, e.journal_id
        FROM share_notices n
        LEFT JOIN share_notice_ends e ON e.notice_id = n.id
        WHERE n.id > $1 AND e.notice_id IS NULL
        ORDER BY n.id LIMIT $2
        """;

    private const string SumOpen = """
        SELECT coalesce(sum(n.shares), 0)::bigint
        FROM share_notices n
        LEFT JOIN share_notice_ends e ON e.notice_id = n.id
        WHERE n.member_id = $1 AND n.unit = $2 AND e.notice_id IS NULL
        """;

    public static Task AddAsync(NpgsqlConnection connection, ShareNotice notice, Guid eventId, CancellationToken ct) =>
        connection.Command(
            Insert, notice.Id, notice.MemberId, notice.Unit.Value, notice.Shares, notice.GivenAt, notice.DueOn, eventId)
            .RunAsync(ct);

    public static async Task EndAsync(
        NpgsqlConnection connection, Guid notice, string outcome, Guid? journal, Guid eventId, DateTimeOffset now,
        CancellationToken ct)
    {
        await using var command = connection.Command(InsertEnd, notice, outcome, journal, eventId, now);
        command.Parameters[2].NpgsqlDbType = NpgsqlDbType.Uuid;
        await command.ExecuteNonQueryAsync(ct);
    }

    public static Task<ShareNotice?> FindAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        connection.Command(SelectOne, id).SingleAsync(Read, ct);

    public static Task<List<ShareNotice>> ListOfMemberAsync(NpgsqlConnection connection, Guid member, CancellationToken ct) =>
        connection.Command(SelectOfMember, member).ListAsync(Read, ct);

    /// <summary>The notices that have not ended, oldest first.</summary>
    public static Task<List<ShareNotice>> ListOpenAsync(
        NpgsqlConnection connection, Guid? after, int limit, CancellationToken ct) =>
        connection.Command(SelectOpen, after ?? Guid.Empty, (long)limit).ListAsync(Read, ct);

    /// <summary>The shares of one holding on which notice was given and has not ended.</summary>
    public static async Task<long> NoticedAsync(
        NpgsqlConnection connection, Guid member, UnitCode unit, CancellationToken ct) =>
        (await connection.Command(SumOpen, member, unit.Value).ListAsync(row => row.GetInt64(0), ct))[0];

    private static ShareNotice Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        UnitCode.Parse(row.GetString(2)),
        row.GetInt64(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<DateOnly>(5),
        row.NullableText(6) ?? ShareNotice.Open,
        row.Nullable<Guid>(7));
}
