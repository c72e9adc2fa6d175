using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>
/// Compares the log's tiles above level 0 with the computed ones. Whether a difference is the tile's
/// fault or an entry's is for the signed root to say.
/// </summary>
internal sealed class UpperTiles(LogFiles files)
{
    /// <summary>The difference that begins at the earliest entry.</summary>
    public Finding? First { get; private set; }

    /// <summary>Compares a full tile; those of level 0 are compared with their bundles.</summary>
    public async Task CompareAsync(FullTile tile, CancellationToken ct)
    {
        if (tile.Level > 0)
        {
            await CompareAsync(new TilePath(tile.Level, tile.N, TilePath.FullWidth), tile.Hashes, ct);
        }
    }

    /// <summary>Compares the partial tiles of a tree's right edge.</summary>
    public async Task ComparePartialAsync(TreeEdge edge, CancellationToken ct)
    {
        for (var level = 1; edge.Size >> (8 * level) > 0; level++)
        {
            var hashes = edge.PartialTile(level).ToArray();
            if (hashes.Length > 0)
            {
                var index = TilePath.FullTiles(level, edge.Size);
                await CompareAsync(new TilePath(level, index, hashes.Length / TreeHash.SizeBytes), hashes, ct);
            }
        }
    }

    /// <summary>Notes a fault that was seen elsewhere.</summary>
    public void Note(Finding? finding)
    {
        if (finding is not null && !(First?.Entry <= finding.Entry))
        {
            First = finding;
        }
    }

    private async Task CompareAsync(TilePath path, byte[] computed, CancellationToken ct)
    {
        var served = await files.FetchTileAsync(path, ct);
        var hash = served is null || served.Length != computed.Length
            ? 0
            : served.AsSpan().CommonPrefixLength(computed) / TreeHash.SizeBytes;
        if (hash == path.Width)
        {
            return;
        }

        Note(served is null ? Whole(path, FindingCode.FileMissing, "is not served")
            : served.Length != computed.Length ? Whole(path, FindingCode.TileSize, $"has another length than {path.Width} hashes")
            : Mismatch(path, hash));
    }

    private static Finding Whole(TilePath path, FindingCode code, string reason)
    {
        var (first, _) = Range(path, 0);
        var (_, last) = Range(path, path.Width - 1);
        return new Finding(code, $"{path} {reason}.", first, last, path.ToString());
    }

    private static Finding Mismatch(TilePath path, int hash)
    {
        var (first, last) = Range(path, hash);
        return new Finding(
            FindingCode.TileMismatch,
            $"In {path}, the hash over entries {first} to {last} is not the one of those entries, which are as signed.",
            first,
            last,
            path.ToString());
    }

    private static (long First, long Last) Range(TilePath path, int hash)
    {
        var size = 1L << (8 * path.Level);
        var first = ((path.Index * TilePath.FullWidth) + hash) * size;
        return (first, first + size - 1);
    }
}
