using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>Computes partial tiles, which are not stored.</summary>
public static class PartialTileReader
{
    /// <summary>
    /// The first <paramref name="width"/> hashes of a tile: of level 0 from the entries themselves, of a
    /// higher level from the roots of the tiles below.
    /// </summary>
    public static async Task<byte[]> ReadAsync(
        NpgsqlConnection connection, int level, long n, int width, CancellationToken ct)
    {
        var from = n * TilePath.FullWidth;
        if (width == 0)
        {
            return [];
        }

        if (level > 0)
        {
            return await TileStore.ReadRootsAsync(connection, level - 1, from, width, ct);
        }

        var entries = await EntryStore.ReadRangeAsync(connection, from, from + width, ct);
        return LeafHashes(entries);
    }

    internal static byte[] LeafHashes(IReadOnlyList<byte[]> entries)
    {
        var hashes = new byte[entries.Count * TreeHash.SizeBytes];
        for (var i = 0; i < entries.Count; i++)
        {
            TreeHash.Leaf(entries[i], hashes.AsSpan(i * TreeHash.SizeBytes, TreeHash.SizeBytes));
        }

        return hashes;
    }
}
