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

    private const string SelectSalt = "SELECT salt FROM event_payloads WHERE event_id = $1";

    // A write that was given up leaves this row, so that it can never be committed late: its id is taken.
    private const string InsertWithdrawn = """
        INSERT INTO event_payloads (event_id, actor, visibility, salt, payload)
        VALUES ($1, 'node', 'private', '', '')
        ON CONFLICT (event_id) DO NOTHING
        """;

    /// <summary>
    /// What writes an event: for the end of its transaction, so that its time stamp follows every read.
    /// A second event of the same id is a unique violation on <c>event_payloads</c>.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Inserts(IntakeEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return [IntakeCommand(e), PayloadCommand(e)];
    }

    /// <summary>
    /// The salt of the committed event of this id, or null: among several attempts to write one event
    /// it tells which was committed.
    /// </summary>
    public static async Task<byte[]?> FindSaltAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectSalt, connection);
        command.Parameters.Add(new() { Value = eventId });
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>
    /// Makes sure that no event of this id is committed from now on; waits for a transaction that is
    /// about to. An event that was committed already stays.
    /// </summary>
    public static async Task WithdrawAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(InsertWithdrawn, connection);
        command.Parameters.Add(new() { Value = eventId });
        await command.ExecuteNonQueryAsync(ct);
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
