using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Ledger;

/// <summary>The history of an account, straight off the index of its postings.</summary>
public static class HistoryViewStore
{
    internal const string SelectPage = """
        SELECT p.account_seq, p.amount_minor, p.balance_after,
          j.id, j.memo, j.effective_date, j.booked_at, j.booked_by, booker.name, j.event_id
        FROM ledger_postings p
        JOIN ledger_journals j ON j.id = p.journal_id
        LEFT JOIN members booker ON booker.id = j.booked_by
        WHERE p.account_id = $1 AND p.account_seq < $2
        ORDER BY p.account_seq DESC LIMIT $3
        """;

    /// <summary>The postings before one, the newest first.</summary>
    public static Task<List<HistoryView>> ListAsync(
        NpgsqlConnection connection, Guid accountId, long? beforeSeq, int limit, CancellationToken ct) =>
        connection
            .Command(SelectPage, accountId, beforeSeq ?? long.MaxValue, (long)limit)
            .ListAsync(
                row => new HistoryView(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    row.GetGuid(3),
                    row.GetString(4),
                    row.GetFieldValue<DateOnly>(5),
                    row.GetFieldValue<DateTimeOffset>(6),
                    row.Nullable<Guid>(7) is { } booker ? new MemberView(booker, row.GetString(8)) : null,
                    row.GetGuid(9)),
                ct);
}
