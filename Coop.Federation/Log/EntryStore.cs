using Npgsql;

namespace Coop.Federation.Log;

/// <summary>The entries of the log; written once by the sequencer, never changed.</summary>
public static class EntryStore
{
    private const string InsertEntries = "INSERT INTO log_entries (seq, id, actor, entry) VALUES ";

    private const string SelectRange = """
        SELECT entry FROM log_entries WHERE seq >= $1 AND seq < $2 ORDER BY seq
        """;

    private const string SelectById = "SELECT seq, id, actor, entry FROM log_entries WHERE id = $1";

    private const string SelectNewest = """
        SELECT seq, id, actor, entry FROM log_entries WHERE seq < $1 ORDER BY seq DESC LIMIT $2
        """;

    private const string SelectNewestOfActor = """
        SELECT seq, id, actor, entry FROM log_entries
        WHERE actor = $1 AND seq < $2
        ORDER BY actor DESC, seq DESC
        LIMIT $3
        """;

    private const int Columns = 4;

    /// <summary>
    /// Rows a statement, largest first: a few fixed shapes, so that each is parsed and planned once.
    /// </summary>
    private static readonly (int Rows, string Sql)[] Shapes =
        [.. new[] { 256, 32, 4, 1 }.Select(rows => (rows, ValuesList.Append(InsertEntries, rows, Columns)))];

    /// <summary>The commands that insert these entries, to be sent in one batch.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Insertions(IReadOnlyList<StoredEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var next = 0;
        foreach (var (rows, sql) in Shapes)
        {
            for (; entries.Count - next >= rows; next += rows)
            {
                yield return Insertion(sql, entries, next, rows);
            }
        }
    }

    /// <summary>The bytes of the entries from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    /// <exception cref="LogFaultException">An entry of the range is missing.</exception>
    public static async Task<IReadOnlyList<byte[]>> ReadRangeAsync(
        NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        var entries = await ReadPresentAsync(connection, from, to, ct);
        return entries.Count == to - from
            ? entries
            : throw new LogFaultException(
                $"Entries {from} to {to - 1} are not all stored: {entries.Count} of {to - from} found.");
    }

    /// <summary>As much of a range as there is; whoever asks must notice what is missing.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReadPresentAsync(
        NpgsqlConnection connection, long from, long to, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectRange, connection);
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<byte[]>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add(reader.GetFieldValue<byte[]>(0));
        }

        return entries;
    }

    public static async Task<StoredEntry?> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectById, connection);
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    /// <summary>Entries below a position, newest first.</summary>
    public static async Task<IReadOnlyList<StoredEntry>> ReadNewestAsync(
        NpgsqlConnection connection, long below, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectNewest, connection);
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = (long)limit });
        return await ReadAsync(command, ct);
    }

    /// <summary>One actor's entries below a position, newest first.</summary>
    public static async Task<IReadOnlyList<StoredEntry>> ReadNewestOfActorAsync(
        NpgsqlConnection connection, string actor, long below, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectNewestOfActor, connection);
        command.Parameters.Add(new() { Value = actor });
        command.Parameters.Add(new() { Value = below });
        command.Parameters.Add(new() { Value = (long)limit });
        return await ReadAsync(command, ct);
    }

    private static NpgsqlBatchCommand Insertion(
        string sql, IReadOnlyList<StoredEntry> entries, int first, int rows)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = first; i < first + rows; i++)
        {
            var e = entries[i];
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = e.Seq });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = e.Id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = e.Actor });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = e.Entry });
        }

        return command;
    }

    private static async Task<List<StoredEntry>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<StoredEntry>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add(new StoredEntry(
                reader.GetInt64(0),
                reader.GetGuid(1),
                reader.GetString(2),
                reader.GetFieldValue<byte[]>(3)));
        }

        return entries;
    }
}
