using Npgsql;

namespace Coop.Federation.Log;

/// <summary>Reads single events, wherever they are on their way into the log.</summary>
public static class EventStore
{
    // One statement, so one snapshot: an event that is being sequenced is seen on one side or the other.
    private const string SelectEvent = """
        SELECT p.actor, p.visibility, p.salt, p.payload, e.seq, e.entry
        FROM (SELECT $1::uuid AS id) wanted
        LEFT JOIN event_payloads p ON p.event_id = wanted.id AND p.payload <> ''
        LEFT JOIN log_entries e ON e.id = wanted.id
        """;

    // The row stays, and with it the mark that this id is taken.
    private const string UpdateErased = "UPDATE event_payloads SET salt = '', payload = '' WHERE event_id = $1";

    /// <summary>The event; null when there is none of that id.</summary>
    public static async Task<EventRecord?> FindAsync(
        NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectEvent, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var payload = reader.IsDBNull(0) ? null : Payload(reader);
        return reader.IsDBNull(4)
            ? payload is null ? null : new EventRecord(null, null, payload)
            : new EventRecord(reader.GetInt64(4), reader.GetFieldValue<byte[]>(5), payload);
    }

    /// <summary>Deletes payload and salt of an event that is in the log; durable with the transaction's commit.</summary>
    public static async Task EraseAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await using var command = new NpgsqlCommand(UpdateErased, transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static EventPayload Payload(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        VisibilityName.TryParse(reader.GetString(1), out var visibility)
            ? visibility
            : throw new InvalidDataException("A payload has an unknown visibility."),
        reader.GetFieldValue<byte[]>(2),
        reader.GetString(3));
}
