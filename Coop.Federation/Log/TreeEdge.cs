using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Log;

/// <summary>
/// The right edge of the tree: the hashes of the last, partial tile of every level. It is all that is
/// needed to append leaves and to know the root, in memory that grows with the logarithm of the log.
/// Not thread-safe.
/// </summary>
public sealed class TreeEdge
{
    private const int TileWidth = TilePath.FullWidth;
    private const int HashSize = TreeHash.SizeBytes;

    private readonly List<Level> _levels = [];

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>An edge of its own, so that a batch can be prepared and thrown away.</summary>
    public TreeEdge Copy()
    {
        var copy = new TreeEdge { Size = Size };
        copy._levels.AddRange(_levels.Select(l => l.Copy()));
        return copy;
    }

    /// <summary>
    /// Rebuilds the edge from the hashes of each level's partial tile, lowest level first.
    /// </summary>
    /// <exception cref="LogFaultException">They are not the partial tiles of a tree of that size.</exception>
    public static TreeEdge FromPartialTiles(long size, IReadOnlyList<byte[]> partialTiles)
    {
        ArgumentNullException.ThrowIfNull(partialTiles);
        var edge = new TreeEdge { Size = size };
        var covered = size;
        foreach (var hashes in partialTiles)
        {
            if (hashes.Length != covered % TileWidth * HashSize)
            {
                throw new LogFaultException($"A partial tile has {hashes.Length} bytes at size {size}.");
            }

            edge._levels.Add(new Level(hashes));
            covered /= TileWidth;
        }

        return covered == 0
            ? edge
            : throw new LogFaultException($"Levels are missing at size {size}.");
    }

    /// <summary>Appends a leaf hash; tiles that it completes are added to <paramref name="completed"/>.</summary>
    public void Append(ReadOnlySpan<byte> leafHash, ICollection<FullTile> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, HashSize);
        Size++;
        Append(leafHash, 0, Size, completed);
    }

    /// <summary>
    /// Appends a full tile of level 0 by its root, at a size that is a multiple of 256; tiles of the levels
    /// above that it completes are added to <paramref name="completed"/>.
    /// </summary>
    public void AppendTile(ReadOnlySpan<byte> tileRoot, ICollection<FullTile> completed)
    {
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentOutOfRangeException.ThrowIfNotEqual(tileRoot.Length, HashSize);
        if (Size % TileWidth != 0)
        {
            throw new InvalidOperationException("A tile is appended behind full tiles only.");
        }

        Size += TileWidth;
        if (_levels.Count == 0)
        {
            _levels.Add(new Level([]));
        }

        Append(tileRoot, 1, Size / TileWidth, completed);
    }

    // A hash of a level, and how many of that level there are with it.
    private void Append(ReadOnlySpan<byte> hash, int level, long covered, ICollection<FullTile> completed)
    {
        for (; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add(new Level([]));
            }

            var tile = _levels[level];
            tile.Add(hash);
            if (tile.Count < TileWidth)
            {
                return;
            }

            covered /= TileWidth;
            var full = tile.TakeFull(level, covered - 1);
            completed.Add(full);
            hash = full.Root;
        }
    }

    /// <summary>The partial tiles of all levels, lowest first, as one text of bytes; with the size it is the edge.</summary>
    public byte[] Encode()
    {
        var bytes = new List<byte>();
        foreach (var level in _levels)
        {
            bytes.AddRange(level.Hashes);
        }

        return [.. bytes];
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="LogFaultException">They are not the partial tiles of a tree of that size.</exception>
    public static TreeEdge Decode(long size, ReadOnlySpan<byte> bytes)
    {
        var tiles = new List<byte[]>();
        for (var covered = size; covered > 0; covered /= TileWidth)
        {
            var length = (int)(covered % TileWidth) * HashSize;
            if (length > bytes.Length)
            {
                throw new LogFaultException($"A tree's edge at size {size} is cut short.");
            }

            tiles.Add(bytes[..length].ToArray());
            bytes = bytes[length..];
        }

        return bytes.IsEmpty
            ? FromPartialTiles(size, tiles)
            : throw new LogFaultException($"A tree's edge at size {size} is too long.");
    }

    /// <summary>The edge as it was after the last full tile of level 0.</summary>
    public TreeEdge OfFullTiles()
    {
        var edge = Copy();
        edge.Size -= edge.Size % TileWidth;
        if (edge._levels.Count > 0)
        {
            edge._levels[0] = new Level([]);
        }

        return edge;
    }

    /// <summary>The hashes of a level's partial tile; empty where there is none.</summary>
    public ReadOnlySpan<byte> PartialTile(int level) => level < _levels.Count ? _levels[level].Hashes : [];

    /// <summary>The tree root, RFC 6962 section 2.1.</summary>
    public byte[] Root()
    {
        byte[]? root = null;
        foreach (var level in _levels)
        {
            root = level.FoldOnto(root);
        }

        return root ?? TreeHash.EmptyRoot.ToArray();
    }

    /// <summary>The partial tile of one level; its hashes stand from the left.</summary>
    private sealed class Level
    {
        private readonly byte[] _hashes = new byte[TileWidth * HashSize];

        public Level(ReadOnlySpan<byte> hashes)
        {
            hashes.CopyTo(_hashes);
            Count = hashes.Length / HashSize;
        }

        public int Count { get; private set; }

        public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, Count * HashSize);

        public Level Copy() => new(_hashes.AsSpan(0, Count * HashSize));

        public void Add(ReadOnlySpan<byte> hash) => hash.CopyTo(_hashes.AsSpan(Count++ * HashSize));

        public FullTile TakeFull(int level, long n)
        {
            Count = 0;
            return new FullTile(level, n, Subtree(0, TileWidth), _hashes.ToArray());
        }

        /// <summary>
        /// The root of a tree whose right part is <paramref name="right"/> and whose left part are this
        /// tile's hashes: perfect subtrees, the smallest rightmost.
        /// </summary>
        public byte[]? FoldOnto(byte[]? right)
        {
            var end = Count;
            for (var width = 1; end > 0; width *= 2)
            {
                if ((end & width) == 0)
                {
                    continue;
                }

                var subtree = Subtree(end - width, width);
                right = right is null ? subtree : TreeHash.Node(subtree, right);
                end -= width;
            }

            return right;
        }

        private byte[] Subtree(int first, int width)
        {
            Span<byte> row = stackalloc byte[TileWidth * HashSize];
            _hashes.AsSpan(first * HashSize, width * HashSize).CopyTo(row);
            return TreeHash.Perfect(row[..(width * HashSize)]);
        }
    }
}
