using System.Runtime.CompilerServices;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// The sequencer's side of the intake: reads what waits, in causal order, and deletes what has a
/// position.
/// </summary>
public static class IntakeQueue
{
    private const string ProbeCommitTimestamp =
        "SELECT crdb_internal_mvcc_timestamp FROM log_intake LIMIT 0";

    private const string SelectByTransactionId = """
        SELECT id, type, actor, subject, time, payload_hash, visibility
        FROM log_intake
        ORDER BY age(xmin) DESC, written_at, ordinal, id
        """;

    private const string SelectByCommitTimestamp = """
        SELECT id, type, actor, subject, time, payload_hash, visibility
        FROM log_intake
        ORDER BY crdb_internal_mvcc_timestamp, written_at, ordinal, id
        """;

    private const string SelectNewest = """
        SELECT id, type, actor, subject, time, payload_hash, visibility
        FROM log_intake
        ORDER BY written_at DESC, ordinal DESC, id DESC
        LIMIT $1
        """;

    private const string SelectNewestOfActor = """
        SELECT id, type, actor, subject, time, payload_hash, visibility
        FROM log_intake
        WHERE actor = $1
        ORDER BY written_at DESC, ordinal DESC, id DESC
        LIMIT $2
        """;

    // Three texts of one statement. The intake is now empty, now a million rows; a plan that was made
    // for an empty table reads all of it and compares each row with each key. A text that is only used
    // for large batches is only planned when the table is large.
    private const string DeleteFew = "DELETE FROM log_intake WHERE id = ANY($1) -- few";
    private const string DeleteMany = "DELETE FROM log_intake WHERE id = ANY($1) -- many";
    private const string DeleteMost = "DELETE FROM log_intake WHERE id = ANY($1) -- most";
    private const int ManyRows = 64;
    private const int MostRows = 1024;

    /// <summary>Asks the engine once which hidden column it has.</summary>
    public static async Task<IntakeOrder> ProbeOrderAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ProbeCommitTimestamp, connection);
        try
        {
            await command.ExecuteNonQueryAsync(ct);
            return IntakeOrder.CommitTimestamp;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedColumn)
        {
            return IntakeOrder.TransactionId;
        }
    }

    /// <summary>
    /// All rows that wait, in causal order, streamed from one statement and so from one snapshot. The
    /// connection must have no open transaction: at READ COMMITTED the statement takes part in no
    /// serialization conflict with the writers.
    /// </summary>
    public static async IAsyncEnumerable<IntakeRow> ReadAllAsync(
        NpgsqlConnection connection,
        IntakeOrder order,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var sql = order == IntakeOrder.CommitTimestamp
            ? SelectByCommitTimestamp
            : SelectByTransactionId;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            yield return Row(reader);
        }
    }

    /// <summary>Rows that wait, newest first, for people to see; of one actor, or of all.</summary>
    public static async Task<IReadOnlyList<IntakeRow>> ReadNewestAsync(
        NpgsqlConnection connection, string? actor, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(actor is null ? SelectNewest : SelectNewestOfActor, connection);
        if (actor is not null)
        {
            command.Parameters.Add(new() { Value = actor });
        }

        command.Parameters.Add(new() { Value = (long)limit });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<IntakeRow>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    /// <summary>The command that deletes rows by key; its count must equal the number of ids.</summary>
    public static NpgsqlBatchCommand Deletion(Guid[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var sql = ids.Length < ManyRows ? DeleteFew : ids.Length < MostRows ? DeleteMany : DeleteMost;
        return new(sql) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = ids } } };
    }

    private static IntakeRow Row(NpgsqlDataReader reader)
    {
        var name = reader.GetString(6);
        return VisibilityName.TryParse(name, out var visibility)
            ? new IntakeRow(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetFieldValue<byte[]>(5),
                visibility)
            : throw new InvalidDataException($"The intake holds an unknown visibility '{name}'.");
    }
}
