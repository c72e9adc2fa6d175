using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>
/// A signed tree whose tiles are fetched as they are needed, each proven before it is used: the partial
/// tiles of the right edge lead to the signed root, and the root of every full tile stands in the proven
/// tile above it. Keeps one tile a level, so memory does not grow with the log. Not thread-safe.
/// </summary>
internal sealed class ProvenTree
{
    private readonly LogFiles _files;
    private readonly TreeEdge _edge;
    private readonly Dictionary<int, (long Index, byte[] Hashes)> _latest = [];

    public ProvenTree(LogFiles files, TreeEdge edge)
    {
        _files = files;
        _edge = edge;
    }

    public long Size => _edge.Size;

    public TreeEdge Edge => _edge;

    /// <summary>Fetches the right edge of a signed tree.</summary>
    /// <exception cref="FollowRefusal">It is not served, or does not lead to the signed root.</exception>
    /// <exception cref="AuditImpossibleException">The log does not answer.</exception>
    public static async Task<ProvenTree> OpenAsync(LogFiles files, Checkpoint checkpoint, CancellationToken ct)
    {
        var tiles = new List<byte[]>();
        for (var (level, covered) = (0, checkpoint.Size); covered > 0; level++, covered /= TilePath.FullWidth)
        {
            var width = (int)(covered % TilePath.FullWidth);
            tiles.Add(width == 0 ? [] : await FetchAsync(files, new TilePath(level, covered / TilePath.FullWidth, width), ct));
        }

        var edge = TreeEdge.FromPartialTiles(checkpoint.Size, tiles);
        return edge.Root().AsSpan().SequenceEqual(checkpoint.Root.Span)
            ? new ProvenTree(files, edge)
            : throw new FollowRefusal(new Finding(
                FindingCode.RootMismatch, "The tiles at the end of the log do not lead to the signed root.", File: "checkpoint"));
    }

    /// <summary>The proven hashes of a tile, as wide as it is in this tree.</summary>
    /// <exception cref="FollowRefusal">It is not served, or is not the tile of the signed tree.</exception>
    public async Task<byte[]> TileAsync(int level, long index, CancellationToken ct)
    {
        var path = TilePath.In(Size, level, index) ?? throw new ArgumentOutOfRangeException(nameof(index));
        if (!path.IsFull)
        {
            return _edge.PartialTile(level).ToArray();
        }

        if (_latest.TryGetValue(level, out var latest) && latest.Index == index)
        {
            return latest.Hashes;
        }

        var root = await RootAsync(level, index, ct);
        var hashes = await FetchAsync(_files, path, ct);
        if (!TreeHash.Perfect((byte[])hashes.Clone()).AsSpan().SequenceEqual(root.Span))
        {
            throw new FollowRefusal(Fault(FindingCode.TileMismatch, path, "is not the one of the signed tree"));
        }

        _latest[level] = (index, hashes);
        return hashes;
    }

    /// <summary>The proven root of a full tile.</summary>
    public async Task<ReadOnlyMemory<byte>> RootAsync(int level, long index, CancellationToken ct)
    {
        var above = await TileAsync(level + 1, index / TilePath.FullWidth, ct);
        return above.AsMemory((int)(index % TilePath.FullWidth) * TreeHash.SizeBytes, TreeHash.SizeBytes);
    }

    /// <summary>Whether the tree of that edge is made of the first leaves of this one.</summary>
    public async Task<bool> ExtendsAsync(TreeEdge older, CancellationToken ct)
    {
        for (var (level, covered) = (0, older.Size); covered > 0; level++, covered /= TilePath.FullWidth)
        {
            var hashes = older.PartialTile(level).ToArray();
            if (hashes.Length > 0
                && !(await TileAsync(level, covered / TilePath.FullWidth, ct)).AsSpan().StartsWith(hashes))
            {
                return false;
            }
        }

        return true;
    }

    private static async Task<byte[]> FetchAsync(LogFiles files, TilePath path, CancellationToken ct)
    {
        var hashes = await files.FetchTileAsync(path, ct)
            ?? throw new FollowRefusal(Fault(FindingCode.FileMissing, path, "is not served"));
        return hashes.Length == path.Width * TreeHash.SizeBytes
            ? hashes
            : throw new FollowRefusal(Fault(FindingCode.TileSize, path, $"has another length than {path.Width} hashes"));
    }

    private static Finding Fault(FindingCode code, TilePath path, string reason)
    {
        var (first, last) = path.Leaves;
        return new Finding(code, $"{path} {reason}.", first, last, path.ToString());
    }
}
