using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The files of each copy: bundles as the log served them, and full tiles of level 1 and above. Tiles of level
/// 0 are hashed from their bundle when somebody asks.
/// </summary>
internal static class MirrorFileTables
{
    private const string UpsertBundle = """
        INSERT INTO mirror_bundles (origin, n, entries) VALUES ($1, $2, $3)
        ON CONFLICT (origin, n) DO UPDATE SET entries = excluded.entries
        """;

    private const string InsertTile = """
        INSERT INTO mirror_tiles (origin, level, n, hashes) VALUES ($1, $2, $3, $4)
        """;

    private const string UpsertSeen = """
        INSERT INTO mirror_seen (origin, subject, seq, event_id, payload_hash, is_read)
        VALUES ($1, $2, $3, $4, $5, false)
        ON CONFLICT (origin, subject) DO UPDATE
        SET seq = excluded.seq, event_id = excluded.event_id, payload_hash = excluded.payload_hash, is_read = false
        """;

    private const string SelectBundle = "SELECT entries FROM mirror_bundles WHERE origin = $1 AND n = $2";

    private const string SelectTile = """
        SELECT hashes FROM mirror_tiles WHERE origin = $1 AND level = $2 AND n = $3
        """;

    /// <summary>Writes what an extension brings, in one round trip.</summary>
    public static async Task WriteAsync(
        NpgsqlTransaction transaction, string origin, MirrorExtension extension, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in Commands(origin, extension))
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    public static Task<byte[]?> FindBundleAsync(
        NpgsqlConnection connection, string origin, long index, CancellationToken ct) =>
        connection.Command(SelectBundle, origin, index).SingleAsync(row => row.GetFieldValue<byte[]>(0), ct);

    public static Task<byte[]?> FindTileAsync(
        NpgsqlConnection connection, string origin, TilePath tile, CancellationToken ct) =>
        connection.Command(SelectTile, origin, (long)tile.Level, tile.Index)
            .SingleAsync(row => row.GetFieldValue<byte[]>(0), ct);

    private static IEnumerable<NpgsqlBatchCommand> Commands(string origin, MirrorExtension extension) =>
    [
        .. extension.Bundles.Select(b => Command(
            UpsertBundle,
            Text(origin),
            Number(b.Index),
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = b.Bytes })),
        .. extension.Tiles.Select(t => Command(InsertTile, Text(origin), Number(t.Level), Number(t.N), Bytes(t.Hashes))),
        .. extension.Seen.Select(s => Command(
            UpsertSeen,
            Text(origin),
            Text(s.Subject),
            Number(s.Seq),
            new NpgsqlParameter<Guid> { TypedValue = s.EventId },
            Bytes(s.PayloadHash.ToArray()))),
    ];

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    private static NpgsqlParameter<byte[]> Bytes(byte[] value) => new() { TypedValue = value };
}
