using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// The full tiles of the tree, each written once. The root of a tile stands beside its hashes, so that
/// a partial tile of the level above is read as a few short rows.
/// </summary>
public static class TileStore
{
    private const string InsertTile =
        "INSERT INTO log_tiles (level, n, root, hashes) VALUES ($1, $2, $3, $4)";

    private const string SelectHashes = "SELECT hashes FROM log_tiles WHERE level = $1 AND n = $2";

    private const string SelectRoots = """
        SELECT root FROM log_tiles WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n
        """;

    public static NpgsqlBatchCommand Insertion(FullTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new(InsertTile)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = tile.Level },
                new NpgsqlParameter<long> { TypedValue = tile.N },
                new NpgsqlParameter<byte[]> { TypedValue = tile.Root },
                new NpgsqlParameter<byte[]> { TypedValue = tile.Hashes },
            },
        };
    }

    /// <summary>The 8,192 bytes of a full tile.</summary>
    /// <exception cref="LogFaultException">It is not stored.</exception>
    public static async Task<byte[]> ReadHashesAsync(
        NpgsqlConnection connection, int level, long n, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectHashes, connection);
        command.Parameters.Add(new() { Value = (long)level });
        command.Parameters.Add(new() { Value = n });
        return await command.ExecuteScalarAsync(ct) as byte[]
            ?? throw new LogFaultException($"Tile {n} of level {level} is not stored.");
    }

    /// <summary>The roots of consecutive full tiles, concatenated: hashes of the level above.</summary>
    /// <exception cref="LogFaultException">A tile of the range is missing.</exception>
    public static async Task<byte[]> ReadRootsAsync(
        NpgsqlConnection connection, int level, long from, int count, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SelectRoots, connection);
        command.Parameters.Add(new() { Value = (long)level });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = from + count });
        await using var reader = await command.ExecuteReaderAsync(ct);
        using var roots = new MemoryStream(count * 32);
        while (await reader.ReadAsync(ct))
        {
            roots.Write(reader.GetFieldValue<byte[]>(0));
        }

        return roots.Length == count * 32
            ? roots.ToArray()
            : throw new LogFaultException(
                $"Tiles {from} to {from + count - 1} of level {level} are not all stored.");
    }
}
