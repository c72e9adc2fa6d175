using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>
/// Finds where the history that a log shows now departs from the one that an earlier audit remembers: the
/// 256 entries whose root differs, and within them the entry where its hash is still remembered.
/// </summary>
internal sealed class HistoryComparison(LogFiles files, AuditState remembered)
{
    /// <param name="size">The log's size now; not smaller than the remembered one.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Finding?> FindAsync(long size, CancellationToken ct)
    {
        for (var first = 0L; first < remembered.FullTiles; first += TilePath.FullWidth)
        {
            var path = TilePath.In(size, 1, first / TilePath.FullWidth)
                ?? throw new InvalidOperationException($"A log of {size} entries has fewer tiles than it had.");
            if (await files.FetchTileAsync(path, ct) is { } roots && FirstDifference(first, roots) is { } tile)
            {
                return await NameAsync(tile, ct);
            }
        }

        return null;
    }

    private long? FirstDifference(long first, byte[] roots)
    {
        for (var tile = first; tile < Math.Min(remembered.FullTiles, first + TilePath.FullWidth); tile++)
        {
            var at = (int)(tile - first) * TreeHash.SizeBytes;
            if (at + TreeHash.SizeBytes > roots.Length || !remembered.TileRoot(tile).SequenceEqual(roots.AsSpan(at, TreeHash.SizeBytes)))
            {
                return tile;
            }
        }

        return null;
    }

    private async Task<Finding> NameAsync(long tile, CancellationToken ct)
    {
        var first = tile * TilePath.FullWidth;
        var path = new TilePath(0, tile, TilePath.FullWidth);
        var leaves = first >= remembered.FirstLeaf ? await files.FetchTileAsync(path, ct) : null;
        for (var i = 0; i < TilePath.FullWidth && (i + 1) * TreeHash.SizeBytes <= leaves?.Length; i++)
        {
            if (!leaves.AsSpan(i * TreeHash.SizeBytes, TreeHash.SizeBytes).SequenceEqual(remembered.Leaf(first + i)))
            {
                return Rewritten(first + i, first + i, path);
            }
        }

        return Rewritten(first, first + TilePath.FullWidth - 1, path);
    }

    private static Finding Rewritten(long first, long last, TilePath path) => new(
        FindingCode.HistoryRewritten,
        first == last
            ? $"Entry {first} is another than in the earlier audit."
            : $"Among entries {first} to {last} is one that is another than in the earlier audit.",
        first,
        last,
        path.ToString());
}
