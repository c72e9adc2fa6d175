using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Coop.Federation.Log;

/// <summary>
/// Events that wait for a position. A row is written by the transaction that causes the event, and
/// taken by the sequencer; durable with that transaction's commit.
/// </summary>
public static class IntakeStore
{
    private const string InsertIntake = """
        INSERT INTO log_intake
          (id, written_at, ordinal, type, actor, subject, time, payload_hash, visibility)
        VALUES ($1, clock_timestamp(), $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string InsertPayload = """
        INSERT INTO event_payloads (event_id, actor, visibility, salt, payload)
        VALUES ($1, $2, $3, $4, $5)
        """;

    private const string SelectWritten = "SELECT 1 FROM event_payloads WHERE event_id = $1";

    /// <summary>
    /// Writes the events of one transaction, in one round trip. A second event of the same id is a
    /// unique violation on <c>event_payloads</c>.
    /// </summary>
    public static async Task WriteAsync(
        NpgsqlTransaction transaction, IReadOnlyList<IntakeEvent> events, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(events);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var e in events)
        {
            batch.BatchCommands.Add(IntakeCommand(e));
            batch.BatchCommands.Add(PayloadCommand(e));
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Whether an event of this id was committed.</summary>
    public static async Task<bool> WasWrittenAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectWritten, connection);
        command.Parameters.Add(new() { Value = eventId });
        return await command.ExecuteScalarAsync(ct) is not null;
    }

    private static NpgsqlBatchCommand IntakeCommand(IntakeEvent e) => new(InsertIntake)
    {
        Parameters =
        {
            new() { Value = e.Id },
            new() { Value = (long)e.Ordinal },
            new() { Value = e.Draft.Type },
            new() { Value = e.Draft.Actor },
            new() { Value = e.Draft.Subject },
            new() { Value = e.Time, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new() { Value = e.PayloadHash() },
            new() { Value = VisibilityName.Of(e.Draft.Visibility) },
        },
    };

    private static NpgsqlBatchCommand PayloadCommand(IntakeEvent e) => new(InsertPayload)
    {
        Parameters =
        {
            new() { Value = e.Id },
            new() { Value = e.Draft.Actor },
            new() { Value = VisibilityName.Of(e.Draft.Visibility) },
            new() { Value = e.Salt.ToArray() },
            new() { Value = Encoding.UTF8.GetString(e.PayloadBytes) },
        },
    };
}
