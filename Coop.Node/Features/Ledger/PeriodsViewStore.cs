using Coop.Ledger.Journals;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>The closed period and its history.</summary>
public static class PeriodsViewStore
{
    private const string SelectOpenFrom = "SELECT open_from FROM ledger_folios ORDER BY folio DESC LIMIT 1";

    internal const string SelectChanges = """
        SELECT f.first_number, f.open_before, f.open_from, f.written_at, f.changed_by, m.name, f.reopening_id, f.event_id
        FROM ledger_folios f
        JOIN members m ON m.id = f.changed_by
        WHERE f.kind = 1
        ORDER BY f.folio DESC LIMIT 100
        """;

    private const string SelectReopenings = """
        SELECT r.id, r.open_from, r.reason, r.requested_at, r.requested_by, m.name, r.requested_as,
          a.reopening_id IS NOT NULL
        FROM ledger_reopenings r
        JOIN members m ON m.id = r.requested_by
        LEFT JOIN ledger_reopening_approvals a ON a.reopening_id = r.id
        ORDER BY r.id DESC LIMIT 100
        """;

    public static async Task<PeriodsView> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var last = await connection.Command(SelectOpenFrom).ListAsync(row => row.GetInt64(0), ct);
        return new PeriodsView(
            last is [var day] ? Folio.DateOf(day) : Folio.Flyleaf.OpenFrom,
            await connection.Command(SelectChanges).ListAsync(ReadChange, ct),
            await connection.Command(SelectReopenings).ListAsync(ReadReopening, ct));
    }

    private static PeriodsView.Change ReadChange(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        Folio.DateOf(row.GetInt64(1)),
        Folio.DateOf(row.GetInt64(2)),
        row.GetFieldValue<DateTimeOffset>(3),
        new MemberView(row.GetGuid(4), row.GetString(5)),
        row.Nullable<Guid>(6),
        row.GetGuid(7));

    private static PeriodsView.Reopening ReadReopening(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        Folio.DateOf(row.GetInt64(1)),
        row.GetString(2),
        row.GetFieldValue<DateTimeOffset>(3),
        new MemberView(row.GetGuid(4), row.GetString(5)),
        row.GetString(6),
        row.GetBoolean(7));
}
