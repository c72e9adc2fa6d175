using System.Text.Json;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Accounts;

/// <summary>Looks into a node's database past its API.</summary>
internal static class Db
{
    public static async Task<long> CountAsync(TestNode node, string table, string where = "TRUE")
    {
        await using var connection = await OpenAsync(node);
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM {table} WHERE {where}", connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>The payloads of all events, oldest first, with their actors.</summary>
    public static async Task<IReadOnlyList<(Guid Id, string Actor, JsonElement Payload)>> EventsAsync(TestNode node)
    {
        await using var connection = await OpenAsync(node);
        await using var command = new NpgsqlCommand(
            "SELECT event_id, actor, payload FROM event_payloads ORDER BY event_id", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var events = new List<(Guid, string, JsonElement)>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            events.Add((reader.GetGuid(0), reader.GetString(1), JsonElement.Parse(reader.GetString(2))));
        }

        return events;
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestNode node)
    {
        var connection = new NpgsqlConnection(node.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
