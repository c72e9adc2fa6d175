using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Log;

/// <summary>
/// Proofs for a log that lies in tiles. A proof is computed twice, once to learn which tiles it needs
/// and once with their hashes, so that the tree's arithmetic stays free of waiting.
/// </summary>
public static class TileProofs
{
    private const int TileHeight = 8;

    private static readonly byte[] Unknown = new byte[TreeHash.SizeBytes];

    /// <summary>The inclusion proof of one entry in the tree of a size.</summary>
    /// <param name="index">The entry's position.</param>
    /// <param name="size">The size of the tree, greater than <paramref name="index"/>.</param>
    /// <param name="readTile">The hashes of a tile, as wide as it is in the tree of that size.</param>
    public static async Task<IReadOnlyList<byte[]>> InclusionAsync(
        long index, long size, Func<TilePath, Task<byte[]>> readTile)
    {
        ArgumentNullException.ThrowIfNull(readTile);
        return await ComputeAsync(size, subtree => Proofs.Inclusion(index, size, subtree), readTile);
    }

    /// <summary>The proof that the tree of one size begins with the tree of another.</summary>
    /// <param name="oldSize">The smaller size.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="readTile">The hashes of a tile, as wide as it is in the tree of that size.</param>
    public static async Task<IReadOnlyList<byte[]>> ConsistencyAsync(
        long oldSize, long size, Func<TilePath, Task<byte[]>> readTile)
    {
        ArgumentNullException.ThrowIfNull(readTile);
        return await ComputeAsync(size, subtree => Proofs.Consistency(oldSize, size, subtree), readTile);
    }

    /// <summary>What <see cref="Proofs.Decomposition"/> says of a tree in tiles.</summary>
    /// <param name="oldSize">The smaller size.</param>
    /// <param name="size">The size of the tree.</param>
    /// <param name="readTile">The hashes of a tile, as wide as it is in the tree of that size.</param>
    public static async Task<IReadOnlyList<byte[]>> DecompositionAsync(
        long oldSize, long size, Func<TilePath, Task<byte[]>> readTile)
    {
        ArgumentNullException.ThrowIfNull(readTile);
        return await ComputeAsync(size, subtree => Proofs.Decomposition(oldSize, size, subtree), readTile);
    }

    private static async Task<IReadOnlyList<byte[]>> ComputeAsync(
        long size, Func<Proofs.PerfectSubtree, IReadOnlyList<byte[]>> proof, Func<TilePath, Task<byte[]>> readTile)
    {
        var tiles = new Dictionary<TilePath, byte[]>();
        proof((height, index) => tiles[TileOf(size, height, index)] = Unknown);
        foreach (var tile in tiles.Keys.ToList())
        {
            tiles[tile] = await readTile(tile);
        }

        return proof((height, index) => Subtree(
            tiles[TileOf(size, height, index)], FirstHash(height, index), height % TileHeight));
    }

    /// <summary>The tile whose hashes make up a perfect subtree.</summary>
    private static TilePath TileOf(long size, int height, long index) =>
        TilePath.In(size, height / TileHeight, (index << (height % TileHeight)) / TilePath.FullWidth)
        ?? throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The place of the subtree's first hash in its tile.</summary>
    private static int FirstHash(int height, long index) =>
        (int)((index << (height % TileHeight)) % TilePath.FullWidth);

    private static byte[] Subtree(byte[] tile, int first, int height) => height == 0
        ? tile.AsSpan(first * TreeHash.SizeBytes, TreeHash.SizeBytes).ToArray()
        : TreeHash.Node(
            Subtree(tile, first, height - 1), Subtree(tile, first + (1 << (height - 1)), height - 1));
}
