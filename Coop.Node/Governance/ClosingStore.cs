using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Governance;

/// <summary>What closes proposals. Durable with the transaction's commit.</summary>
public static class ClosingStore
{
    internal const string SelectDue = """
        SELECT id FROM proposals WHERE status = 'open' AND closes_at <= $1
        ORDER BY closes_at, id LIMIT $2
        """;

    internal const string SelectNextDue = """
        SELECT closes_at FROM proposals WHERE status = 'open' ORDER BY closes_at, id LIMIT 1
        """;

    // Counting and closing are one statement: the counts are those of the votes that the close saw,
    // and a second closer finds no open proposal to update.
    internal const string UpdateClosed = """
        UPDATE proposals
        SET status = 'closed', closed_at = $2,
          yes_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'yes'),
          no_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'no'),
          abstain_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'abstain'),
          eligible_count = (
            SELECT count(*) FROM member_roles m
            WHERE m.role = 'member' AND coalesce((
                SELECT bool_or(c.votes)
                FROM share_holdings h
                JOIN share_classes c ON c.unit = h.unit
                WHERE h.member_id = m.member_id
                  AND (SELECT b.balance_minor FROM ledger_balances b WHERE b.account_id = h.share_account_id) < 0
              ), true)
          )
        WHERE id = $1 AND status = 'open' AND closes_at <= $2
        RETURNING closes_at, closed_at, yes_count, no_count, abstain_count, eligible_count
        """;

    /// <summary>The proposals whose closing time has come, the longest overdue first.</summary>
    public static Task<List<Guid>> DueAsync(
        NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken ct) =>
        connection.Command(SelectDue, now, (long)limit).ListAsync(row => row.GetGuid(0), ct);

    /// <summary>The earliest closing time of all open proposals, past ones included.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        var next = await connection.Command(SelectNextDue)
            .ListAsync(row => row.GetFieldValue<DateTimeOffset>(0), ct);
        return next is [var closesAt] ? closesAt : null;
    }

    /// <summary>Counts and closes; null when somebody else did, or it is not due.</summary>
    public static Task<Count?> CloseAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return transaction.Connection!.Command(UpdateClosed, id, now).SingleAsync(
            row => new Count(
                row.GetFieldValue<DateTimeOffset>(0),
                row.GetFieldValue<DateTimeOffset>(1),
                new Tally(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
                row.GetInt64(5)),
            ct);
    }

    /// <summary>A proposal's end.</summary>
    /// <param name="ClosesAt">The closing time that was announced.</param>
    /// <param name="ClosedAt">When it was counted; never before <paramref name="ClosesAt"/>.</param>
    /// <param name="Tally">The votes.</param>
    /// <param name="Eligible">The members with a vote at that moment.</param>
    public sealed record Count(
        DateTimeOffset ClosesAt, DateTimeOffset ClosedAt, Tally Tally, long Eligible);
}
