using Npgsql;

namespace Coop.Federation.Log;

/// <summary>Writes a prepared batch: its entries, the tiles that it completes, and the end of its intake rows.</summary>
public static class LogAppend
{
    /// <summary>
    /// Sends all of it in one round trip. Durable with the transaction, which must have moved the head.
    /// </summary>
    /// <exception cref="LogFaultException">The intake or the log is not as the batch expects.</exception>
    public static async Task WriteAsync(
        NpgsqlTransaction transaction, LogBatch batch, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(batch);
        var deletion = IntakeQueue.Deletion([.. batch.Entries.Select(e => e.Id)]);
        await using var commands = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in EntryStore.Insertions(batch.Entries))
        {
            commands.BatchCommands.Add(command);
        }

        foreach (var tile in batch.FullTiles)
        {
            commands.BatchCommands.Add(TileStore.Insertion(tile));
        }

        commands.BatchCommands.Add(deletion);
        try
        {
            await commands.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new LogFaultException($"The log already holds what is to be appended ({e.ConstraintName}).");
        }

        if (deletion.RecordsAffected != batch.Entries.Count)
        {
            throw new LogFaultException(
                $"{batch.Entries.Count} events were taken from the intake, but {deletion.RecordsAffected} were still there.");
        }
    }
}
