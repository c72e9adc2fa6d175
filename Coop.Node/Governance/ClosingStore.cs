using Npgsql;

namespace Coop.Node.Governance;

/// <summary>What closes proposals. Durable with the transaction's commit.</summary>
public static class ClosingStore
{
    private const string SelectDue = """
        SELECT id FROM proposals WHERE status = 'open' AND closes_at <= $1
        ORDER BY closes_at, id LIMIT $2
        """;

    private const string SelectNextDue = """
        SELECT closes_at FROM proposals WHERE status = 'open' ORDER BY closes_at, id LIMIT 1
        """;

    // Counting and closing are one statement: the counts are those of the votes that the close saw,
    // and a second closer finds no open proposal to update.
    private const string UpdateClosed = """
        UPDATE proposals
        SET status = 'closed', closed_at = $2,
          yes_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'yes'),
          no_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'no'),
          abstain_count = (SELECT count(*) FROM votes WHERE proposal_id = $1 AND choice = 'abstain'),
          eligible_count = (SELECT count(*) FROM members)
        WHERE id = $1 AND status = 'open' AND closes_at <= $2
        RETURNING closes_at, closed_at, yes_count, no_count, abstain_count, eligible_count
        """;

    /// <summary>The proposals whose closing time has come, the longest overdue first.</summary>
    public static async Task<IReadOnlyList<Guid>> DueAsync(
        NpgsqlConnection connection, DateTimeOffset now, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectDue, connection)
        {
            Parameters = { new() { Value = now }, new() { Value = (long)limit } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<Guid>();
        while (await reader.ReadAsync(ct))
        {
            due.Add(reader.GetGuid(0));
        }

        return due;
    }

    /// <summary>The earliest closing time of all open proposals, past ones included.</summary>
    public static async Task<DateTimeOffset?> NextDueAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectNextDue, connection);
        return await command.ExecuteScalarAsync(ct) is DateTime closesAt ? closesAt : null;
    }

    /// <summary>Counts and closes; null when somebody else did, or it is not due.</summary>
    public static async Task<Count?> CloseAsync(
        NpgsqlTransaction transaction, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command =
            new NpgsqlCommand(UpdateClosed, transaction.Connection, transaction)
            {
                Parameters = { new() { Value = id }, new() { Value = now } },
            };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new Count(
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                new Tally(reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)),
                reader.GetInt64(5))
            : null;
    }

    /// <summary>A proposal's end.</summary>
    /// <param name="ClosesAt">The closing time that was announced.</param>
    /// <param name="ClosedAt">When it was counted; never before <paramref name="ClosesAt"/>.</param>
    /// <param name="Tally">The votes.</param>
    /// <param name="Eligible">The members at that moment.</param>
    public sealed record Count(
        DateTimeOffset ClosesAt, DateTimeOffset ClosedAt, Tally Tally, long Eligible);
}
