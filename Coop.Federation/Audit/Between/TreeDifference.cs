using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit.Between;

/// <summary>Finds where two trees part, from the top down: two tiles a level.</summary>
internal static class TreeDifference
{
    /// <summary>The first leaf that differs; the size where none does.</summary>
    /// <param name="size">Leaves that both have.</param>
    /// <param name="one">Reads a tile of one tree; it may be wider than asked for.</param>
    /// <param name="other">Likewise of the other.</param>
    public static async Task<long> FirstAsync(
        long size, Func<TilePath, Task<byte[]>> one, Func<TilePath, Task<byte[]>> other)
    {
        var level = 0;
        while (size >> (8 * level) > TilePath.FullWidth)
        {
            level++;
        }

        // The leaves before this one are the same.
        var same = 0L;
        for (; level >= 0; level--)
        {
            var shift = 8 * level;
            var index = (same >> shift) / TilePath.FullWidth;
            if (TilePath.In(size, level, index) is { } path)
            {
                var first = index * TilePath.FullWidth;
                same = (first + CommonHashes(await one(path), await other(path), path.Width)) << shift;
            }
        }

        return Math.Min(same, size);
    }

    private static int CommonHashes(byte[] one, byte[] other, int width)
    {
        var size = width * TreeHash.SizeBytes;
        return one.AsSpan(0, size).CommonPrefixLength(other.AsSpan(0, size)) / TreeHash.SizeBytes;
    }
}
