using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// The head row: moved by compare-and-swap on size and lease epoch, so that only the present leader
/// extends the log, and only from the state that it knows.
/// </summary>
public static class HeadStore
{
    private const string InsertHead = """
        INSERT INTO log_head
          (id, origin, vkey, size, root, checkpoint_size, checkpoint, lease_epoch, lease_expires_at)
        VALUES (1, $1, $2, 0, $3, 0, '', 0, now())
        ON CONFLICT (id) DO NOTHING
        """;

    private const string SelectHead = """
        SELECT origin, vkey, size, root, checkpoint_size, checkpoint, lease_holder, lease_epoch,
          lease_holder IS NULL OR lease_expires_at <= now()
        FROM log_head
        WHERE id = 1
        """;

    private const string SelectPublished =
        "SELECT checkpoint_size, checkpoint FROM log_head WHERE id = 1 AND checkpoint <> ''";

    private const string AdvanceHead = """
        UPDATE log_head
        SET size = $3, root = $4, lease_expires_at = now() + $5
        WHERE id = 1 AND size = $1 AND lease_epoch = $2
        """;

    private const string PublishCheckpoint = """
        UPDATE log_head
        SET checkpoint_size = size, checkpoint = $3
        WHERE id = 1 AND size = $1 AND lease_epoch = $2
        """;

    /// <summary>Makes the head of an empty log, unless there is one.</summary>
    public static async Task CreateAsync(
        NpgsqlTransaction transaction, string origin, string vkey, byte[] emptyRoot, CancellationToken ct)
    {
        await using var command = Command(InsertHead, transaction);
        command.Parameters.Add(new() { Value = origin });
        command.Parameters.Add(new() { Value = vkey });
        command.Parameters.Add(new() { Value = emptyRoot });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The head; null in a database that never had a log.</summary>
    public static async Task<LogHead?> FindAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectHead, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Head(reader) : null;
    }

    public static async Task<LogHead> ReadAsync(NpgsqlConnection connection, CancellationToken ct) =>
        await FindAsync(connection, ct) ?? throw new LogFaultException("The log's head is missing.");

    /// <summary>What is published; null before the first checkpoint.</summary>
    public static async Task<PublishedLog?> ReadPublishedAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectPublished, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new PublishedLog(reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>
    /// Moves the head and renews the lease, if size and epoch are as expected. False: somebody else
    /// moved it, or this very move was committed before.
    /// </summary>
    public static async Task<bool> TryAdvanceAsync(
        NpgsqlTransaction transaction, HeadMove move, TimeSpan lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(move);
        await using var command = Command(AdvanceHead, transaction);
        command.Parameters.Add(new() { Value = move.FromSize });
        command.Parameters.Add(new() { Value = move.Epoch });
        command.Parameters.Add(new() { Value = move.ToSize });
        command.Parameters.Add(new() { Value = move.ToRoot });
        command.Parameters.Add(new() { Value = lease });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Makes a checkpoint over the whole stored log visible, if size and epoch still hold.</summary>
    public static async Task<bool> TryPublishAsync(
        NpgsqlTransaction transaction, long size, long epoch, string checkpoint, CancellationToken ct)
    {
        await using var command = Command(PublishCheckpoint, transaction);
        command.Parameters.Add(new() { Value = size });
        command.Parameters.Add(new() { Value = epoch });
        command.Parameters.Add(new() { Value = checkpoint });
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private static NpgsqlCommand Command(string sql, NpgsqlTransaction transaction) =>
        new(sql, transaction.Connection, transaction);

    private static LogHead Head(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetInt64(2),
        reader.GetFieldValue<byte[]>(3),
        reader.GetInt64(4),
        reader.GetString(5),
        new LogLease(
            reader.IsDBNull(6) ? null : reader.GetGuid(6), reader.GetInt64(7), reader.GetBoolean(8)));
}
