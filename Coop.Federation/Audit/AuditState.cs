using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>
/// What an audit remembers of a log that it found whole: the key, the signed checkpoint, and of the tree
/// as much as it takes to go on from there, and to name the place where another history differs.
/// </summary>
/// <param name="Key">The log's key.</param>
/// <param name="Note">The signed checkpoint, verbatim.</param>
/// <param name="TileRoots">The root of every full tile of level 0: 32 bytes for 256 entries.</param>
/// <param name="Leaves">
/// The leaf hashes of the last full tiles, at most <see cref="RecentTiles"/>, and of the partial one.
/// </param>
public sealed record AuditState(
    NoteKey Key, SignedNote Note, ReadOnlyMemory<byte> TileRoots, ReadOnlyMemory<byte> Leaves)
{
    /// <summary>Full tiles whose leaf hashes are kept, 8 KiB each: enough to name the entry in most quarrels.</summary>
    public const int RecentTiles = 16;

    private const int TileSizeBytes = TilePath.FullWidth * TreeHash.SizeBytes;

    /// <summary>The checkpoint that the note signs.</summary>
    public Checkpoint Checkpoint { get; } = Checkpoint.Parse(Note.Text);

    /// <summary>Full tiles of level 0.</summary>
    public long FullTiles => TilePath.FullTiles(0, Checkpoint.Size);

    /// <summary>The position of the first leaf that is remembered.</summary>
    public long FirstLeaf => Math.Max(0, FullTiles - RecentTiles) * TilePath.FullWidth;

    /// <summary>A leaf hash; null where it is not remembered.</summary>
    public byte[]? Leaf(long index) => index >= FirstLeaf && index < Checkpoint.Size
        ? Leaves.Slice((int)(index - FirstLeaf) * TreeHash.SizeBytes, TreeHash.SizeBytes).ToArray()
        : null;

    /// <summary>The root of a full tile of level 0.</summary>
    public ReadOnlySpan<byte> TileRoot(long tile) =>
        TileRoots.Span.Slice(checked((int)(tile * TreeHash.SizeBytes)), TreeHash.SizeBytes);

    /// <summary>The tree as it was after the last full tile.</summary>
    public TreeEdge EdgeOfFullTiles()
    {
        var tiles = new List<byte[]>();
        var size = FullTiles * TilePath.FullWidth;
        if (size > 0)
        {
            tiles.Add([]);
        }

        for (var row = TileRoots.ToArray(); row.Length > 0; row = Parents(row))
        {
            tiles.Add(row[^(row.Length % TileSizeBytes)..]);
        }

        return TreeEdge.FromPartialTiles(size, tiles);
    }

    /// <summary>Whether what is remembered of the tree leads to the remembered root, and the key signed it.</summary>
    public bool IsWhole()
    {
        var partialWidth = (int)(Checkpoint.Size % TilePath.FullWidth);
        var leafCount = (Math.Min(FullTiles, RecentTiles) * TilePath.FullWidth) + partialWidth;
        return Checkpoint.Origin == Key.Name
            && Note.IsSignedBy(Key)
            && TileRoots.Length == FullTiles * TreeHash.SizeBytes
            && Leaves.Length == leafCount * TreeHash.SizeBytes
            && RecentTilesLeadToRoots()
            && Root(partialWidth).AsSpan().SequenceEqual(Checkpoint.Root.Span);
    }

    private byte[] Root(int partialWidth)
    {
        var edge = EdgeOfFullTiles();
        var unused = new List<FullTile>();
        for (var i = partialWidth; i > 0; i--)
        {
            edge.Append(Leaf(Checkpoint.Size - i), unused);
        }

        return edge.Root();
    }

    private bool RecentTilesLeadToRoots()
    {
        var parents = Parents(Leaves.ToArray());
        return parents.AsSpan().SequenceEqual(TileRoots.Span[^parents.Length..]);
    }

    // The roots of the full tiles that a row of hashes makes.
    private static byte[] Parents(byte[] row)
    {
        var parents = new List<FullTile>();
        var edge = new TreeEdge();
        for (var at = 0; at < row.Length - (row.Length % TileSizeBytes); at += TreeHash.SizeBytes)
        {
            edge.Append(row.AsSpan(at, TreeHash.SizeBytes), parents);
        }

        return [.. parents.Where(t => t.Level == 0).SelectMany(t => t.Root)];
    }
}
