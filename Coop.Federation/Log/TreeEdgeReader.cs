using Coop.Federation.Log.Tiles;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// Rebuilds the tree's right edge at any size up to the stored one, from full tiles and the entries
/// behind the last of them. Reads at most 255 short rows a level.
/// </summary>
public static class TreeEdgeReader
{
    public static async Task<TreeEdge> ReadAsync(
        NpgsqlConnection connection, long size, CancellationToken ct)
    {
        var partialTiles = new List<byte[]>();
        var covered = size;
        for (var level = 0; covered > 0; level++)
        {
            var width = (int)(covered % TilePath.FullWidth);
            partialTiles.Add(await PartialTileReader.ReadAsync(
                connection, level, covered / TilePath.FullWidth, width, ct));
            covered /= TilePath.FullWidth;
        }

        return TreeEdge.FromPartialTiles(size, partialTiles);
    }
}
