using System.Text;
using System.Text.Json;
using Coop.Node.Database;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Governance;

/// <summary>An event as the node has it, sequenced or not.</summary>
internal sealed record TrailEvent(
    Guid Id, string Type, string Actor, string Subject, DateTimeOffset Time, string Visibility,
    JsonElement Payload);

/// <summary>The events that a node wrote, as its database holds them.</summary>
internal static class Trail
{
    // One statement, so that an event on its way from the intake to the log is seen once. A payload
    // without an event is the mark of a write that was given up.
    private const string SelectEvents = """
        SELECT e.seq, e.entry, p.payload,
          i.id, i.type, i.actor, i.subject, i.time, i.visibility
        FROM event_payloads p
        LEFT JOIN log_entries e ON e.id = p.event_id
        LEFT JOIN log_intake i ON i.id = p.event_id
        WHERE e.id IS NOT NULL OR i.id IS NOT NULL
        ORDER BY e.seq NULLS LAST, i.written_at, i.ordinal
        """;

    /// <summary>All events, in the order of the log.</summary>
    public static async Task<List<TrailEvent>> ReadAsync(TestNode node)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(node.Database.ConnectionString);
        await connection.OpenAsync(ct);
        return await connection.Command(SelectEvents).ListAsync(Read, ct);
    }

    /// <summary>The events about one proposal or announcement.</summary>
    public static async Task<List<TrailEvent>> ReadAsync(TestNode node, Guid id) =>
        [.. (await ReadAsync(node)).Where(
            e => e.Subject.EndsWith($":{id}", StringComparison.Ordinal))];

    private static TrailEvent Read(NpgsqlDataReader row)
    {
        var payload = JsonSerializer.Deserialize<JsonElement>(row.GetString(2));
        if (row.IsDBNull(0))
        {
            return new(
                row.GetGuid(3), row.GetString(4), row.GetString(5), row.GetString(6),
                row.GetFieldValue<DateTimeOffset>(7), row.GetString(8), payload);
        }

        var text = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1));
        var entry = JsonSerializer.Deserialize<JsonElement>(text);
        string Text(string name) => entry.GetProperty(name).GetString()!;
        return new(
            Guid.Parse(Text("id")), Text("type"), Text("actor"), Text("subject"),
            entry.GetProperty("time").GetDateTimeOffset(), Text("visibility"), payload);
    }
}
