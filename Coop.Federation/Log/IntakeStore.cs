using System.Text;
using Npgsql;

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
        SELECT unnest($1::uuid[]), clock_timestamp(), unnest($2::bigint[]), unnest($3::text[]),
          unnest($4::text[]), unnest($5::text[]), unnest($6::timestamptz[]), unnest($7::bytea[]),
          unnest($8::text[])
        """;

    private const string InsertPayload = """
        INSERT INTO event_payloads (event_id, actor, visibility, salt, payload)
        SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]), unnest($4::bytea[]),
          unnest($5::text[])
        """;

    private const string SelectSalt = "SELECT salt FROM event_payloads WHERE event_id = $1";

    // A write that was given up leaves this row, so that it can never be committed late: its id is taken.
    private const string InsertWithdrawn = """
        INSERT INTO event_payloads (event_id, actor, visibility, salt, payload)
        VALUES ($1, 'node', 'private', '', '')
        ON CONFLICT (event_id) DO NOTHING
        """;

    /// <summary>
    /// What writes the events of a transaction, two statements for any number of them: for its end, so
    /// that their time stamps follow every read. A second event of the same id is a unique violation on
    /// <c>event_payloads</c>.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Inserts(IReadOnlyList<IntakeEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? [] : [IntakeCommand(events), PayloadCommand(events)];
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

    private static NpgsqlBatchCommand IntakeCommand(IReadOnlyList<IntakeEvent> events) => new(InsertIntake)
    {
        Parameters =
        {
            Column(events, e => e.Id),
            Column(events, e => (long)e.Ordinal),
            Column(events, e => e.Draft.Type),
            Column(events, e => e.Draft.Actor),
            Column(events, e => e.Draft.Subject),
            Column(events, e => e.Time),
            Column(events, e => e.PayloadHash()),
            Column(events, e => VisibilityName.Of(e.Draft.Visibility)),
        },
    };

    private static NpgsqlBatchCommand PayloadCommand(IReadOnlyList<IntakeEvent> events) => new(InsertPayload)
    {
        Parameters =
        {
            Column(events, e => e.Id),
            Column(events, e => e.Draft.Actor),
            Column(events, e => VisibilityName.Of(e.Draft.Visibility)),
            Column(events, e => e.Salt.ToArray()),
            Column(events, e => Encoding.UTF8.GetString(e.PayloadBytes)),
        },
    };

    private static NpgsqlParameter<T[]> Column<T>(IReadOnlyList<IntakeEvent> events, Func<IntakeEvent, T> value) =>
        new() { TypedValue = [.. events.Select(value)] };
}
