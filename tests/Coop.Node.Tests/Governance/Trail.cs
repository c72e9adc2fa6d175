using System.Text.Json;
using Coop.Node.Database;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Governance;

/// <summary>An event as the node has it, sequenced or not.</summary>
internal sealed record TrailEvent(
    Guid Id, string Type, string Actor, string Subject, string Visibility, JsonElement Payload);

/// <summary>The events that a node wrote.</summary>
internal static class Trail
{
    private const string SelectIntake = """
        SELECT i.id, i.type, i.actor, i.subject, i.visibility, p.payload
        FROM log_intake i JOIN event_payloads p ON p.event_id = i.id
        ORDER BY i.written_at, i.ordinal
        """;

    /// <summary>All events, in the order of the log.</summary>
    public static async Task<List<TrailEvent>> ReadAsync(TestNode node) =>
        await node.Services.GetRequiredService<Transactions>().ReadAsync(
            (connection, ct) => connection.Command(SelectIntake).ListAsync(
                row => new TrailEvent(
                    row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3),
                    row.GetString(4), JsonSerializer.Deserialize<JsonElement>(row.GetString(5))),
                ct),
            TestContext.Current.CancellationToken);

    /// <summary>The events about one proposal or announcement.</summary>
    public static async Task<List<TrailEvent>> ReadAsync(TestNode node, Guid id) =>
        [.. (await ReadAsync(node)).Where(e => e.Subject.EndsWith($":{id}", StringComparison.Ordinal))];
}
