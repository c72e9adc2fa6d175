using Coop.Ledger.Shares;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Shares;

/// <summary>The classes of shares. A class is added once and never changed.</summary>
internal static class ShareClassTable
{
    private const string Insert = """
        INSERT INTO share_classes (unit, money_unit, par_minor, votes, notice_days, issued_account_id, event_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string SelectOne = """
        SELECT c.unit, u.name, c.money_unit, c.par_minor, c.votes, c.notice_days, c.issued_account_id
        FROM share_classes c
        JOIN ledger_units u ON u.code = c.unit
        WHERE c.unit = $1
        """;

    private const string SelectPage = """
        SELECT c.unit, u.name, c.money_unit, c.par_minor, c.votes, c.notice_days, c.issued_account_id
        FROM share_classes c
        JOIN ledger_units u ON u.code = c.unit
        WHERE c.unit > $1
        ORDER BY c.unit LIMIT $2
        """;

    public static Task AddAsync(NpgsqlConnection connection, ShareClass row, Guid eventId, CancellationToken ct) =>
        connection.Command(
            Insert, row.Unit.Value, row.MoneyUnit.Value, row.ParMinor, row.Votes, (long)row.NoticeDays,
            row.Issued.Value, eventId).RunAsync(ct);

    public static async Task<ShareClass?> FindAsync(NpgsqlConnection connection, UnitCode code, CancellationToken ct)
    {
        var found = await connection.Command(SelectOne, code.Value).ListAsync(Read, ct);
        return found is [var row] ? row.Class : null;
    }

    public static Task<List<(ShareClass Class, string Name)>> ListAsync(
        NpgsqlConnection connection, string? after, int limit, CancellationToken ct) =>
        connection.Command(SelectPage, after ?? "", (long)limit).ListAsync(Read, ct);

    private static (ShareClass Class, string Name) Read(NpgsqlDataReader row) => (
        new(
            UnitCode.Parse(row.GetString(0)),
            UnitCode.Parse(row.GetString(2)),
            row.GetInt64(3),
            row.GetBoolean(4),
            checked((int)row.GetInt64(5)),
            new(row.GetGuid(6))),
        row.GetString(1));
}
