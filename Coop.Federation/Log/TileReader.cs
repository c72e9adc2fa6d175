using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>The bytes of tiles and entry bundles, full ones as stored, partial ones computed.</summary>
public static class TileReader
{
    /// <summary>
    /// The bytes of a tile or bundle that lies inside the log of <paramref name="size"/> entries, and
    /// null for one that does not (yet).
    /// </summary>
    public static async Task<byte[]?> ReadAsync(
        NpgsqlConnection connection, TilePath tile, long size, CancellationToken ct) =>
        !IsInside(tile, size) ? null
        : tile.Level == TilePath.Entries ? await ReadBundleAsync(connection, tile, ct)
        : await ReadHashesAsync(connection, tile, size, ct);

    private static bool IsInside(TilePath tile, long size) =>
        TilePath.In(size, tile.Level, tile.Index) is { } present && tile.Width <= present.Width;

    private static async Task<byte[]> ReadBundleAsync(
        NpgsqlConnection connection, TilePath tile, CancellationToken ct)
    {
        var from = tile.Index * TilePath.FullWidth;
        return EntryBundle.Encode(await EntryStore.ReadRangeAsync(connection, from, from + tile.Width, ct));
    }

    /// <summary>A partial tile that has become full since it was asked for is cut from the full one.</summary>
    private static async Task<byte[]> ReadHashesAsync(
        NpgsqlConnection connection, TilePath tile, long size, CancellationToken ct)
    {
        if (tile.Index >= TilePath.FullTiles(tile.Level, size))
        {
            return await PartialTileReader.ReadAsync(connection, tile.Level, tile.Index, tile.Width, ct);
        }

        var hashes = await TileStore.ReadHashesAsync(connection, tile.Level, tile.Index, ct);
        return tile.IsFull ? hashes : hashes[..(tile.Width * TreeHash.SizeBytes)];
    }
}
