using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;
using Coop.Identity.Keys;
using Coop.Node.Log;
using Npgsql;

namespace Coop.Node.Demo;

/// <summary>
/// What somebody can do who has a node's database and its keys: changes what was booked, writes the log anew from
/// there on so that every link and every hash fits, signs it, and removes what would tell on them. By itself the
/// log is then flawless; only whoever saw the other one knows.
/// </summary>
/// <param name="connectionString">The node's database; the node must not run.</param>
/// <param name="dataFolder">The node's data folder.</param>
internal sealed class DishonestOperator(string connectionString, string dataFolder)
{
    private const string BookedType = "journal.posted";

    private const string SelectEntries = "SELECT entry FROM log_entries ORDER BY seq";

    private const string UpdateEntry = "UPDATE log_entries SET entry = $2 WHERE seq = $1";

    private const string SelectPayload = "SELECT salt, payload FROM event_payloads WHERE event_id = $1";

    private const string UpdatePayload = "UPDATE event_payloads SET payload = $2 WHERE event_id = $1";

    private const string DeleteTiles = "DELETE FROM log_tiles";

    private const string UpdateHead = "UPDATE log_head SET root = $1, checkpoint_size = size, checkpoint = $2 WHERE id = 1";

    /// <summary>Changes the first booking; answers the position of its entry.</summary>
    public async Task<long> RewriteAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var entries = await ReadEntriesAsync(connection, ct);
        var booked = entries.FindIndex(e => e.Type == BookedType);
        entries[booked] = entries[booked] with { PayloadHash = await ChangePayloadAsync(connection, entries[booked].Id, ct) };
        await WriteAsync(connection, entries, booked, ct);
        await transaction.CommitAsync(ct);
        File.Delete(Path.Combine(dataFolder, SigningGuard.FileName));
        return booked;
    }

    private static async Task<List<LogEntry>> ReadEntriesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectEntries, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var entries = new List<LogEntry>();
        while (await reader.ReadAsync(ct))
        {
            entries.Add(LogEntry.TryParse(reader.GetFieldValue<byte[]>(0), out var entry)
                ? entry!
                : throw new DemoException("The log is damaged before anybody was dishonest."));
        }

        return entries;
    }

    // Somebody books a little more, and says it had always been so.
    private static async Task<byte[]> ChangePayloadAsync(NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        var (salt, payload) = await ReadPayloadAsync(connection, eventId, ct);
        payload["memo"] = "As agreed";
        var bytes = CanonicalJson.Serialize(payload);
        await ExecuteAsync(connection, UpdatePayload, ct, eventId, Encoding.UTF8.GetString(bytes));
        return PayloadHash.Compute(salt, bytes);
    }

    private static async Task<(byte[] Salt, JsonObject Payload)> ReadPayloadAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectPayload, connection) { Parameters = { new() { Value = eventId } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? (reader.GetFieldValue<byte[]>(0), JsonNode.Parse(reader.GetString(1))!.AsObject())
            : throw new DemoException("The booking's payload is missing.");
    }

    private async Task WriteAsync(NpgsqlConnection connection, List<LogEntry> entries, int from, CancellationToken ct)
    {
        var (edge, tiles, prev) = (new TreeEdge(), new List<FullTile>(), TreeHash.EmptyRoot.ToArray());
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = (entries[i] with { Prev = prev }).Encode();
            prev = TreeHash.Leaf(entry);
            edge.Append(prev, tiles);
            if (i >= from)
            {
                await ExecuteAsync(connection, UpdateEntry, ct, (long)i, entry);
            }
        }

        await ExecuteAsync(connection, DeleteTiles, ct);
        foreach (var tile in tiles)
        {
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TileStore.Insertion(tile) } };
            await batch.ExecuteNonQueryAsync(ct);
        }

        using var key = KeyFiles.Log(Path.Combine(dataFolder, "keys"));
        var checkpoint = new Checkpoint(entries[0].Origin, entries.Count, edge.Root()).Sign(key);
        await ExecuteAsync(connection, UpdateHead, ct, edge.Root(), checkpoint.ToString());
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
