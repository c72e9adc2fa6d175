using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Identity.Keys;

namespace Coop.Bench;

/// <summary>A valid log of any size, its files in memory.</summary>
internal sealed class GeneratedLog : ILogSource
{
    private const string Origin = "bench.example/log";

    private readonly Dictionary<string, byte[]> _files = [];

    private GeneratedLog(NoteKey key) => Key = key;

    public NoteKey Key { get; }

    public static GeneratedLog Of(int count)
    {
        using var key = Ed25519Key.Generate();
        var log = new GeneratedLog(NoteKey.Create(Origin, NoteKey.Ed25519Type, key.PublicKey.Span));
        var levels = new List<byte[][]> { log.AddEntries(count) };
        while (levels[^1].Length >= TilePath.FullWidth)
        {
            levels.Add([.. levels[^1].Chunk(TilePath.FullWidth).Where(c => c.Length == TilePath.FullWidth).Select(Root)]);
        }

        for (var level = 0; level < levels.Count; level++)
        {
            log.AddTiles(level, levels[level]);
        }

        var root = Proofs.Root(count, (height, index) => Subtree(levels, height, index));
        log._files["checkpoint"] = new Checkpoint(Origin, count, root).Sign(key).Encode();
        return log;
    }

    public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct) =>
        Task.FromResult(_files.GetValueOrDefault(path));

    private byte[][] AddEntries(int count)
    {
        var start = TimeProvider.System.GetUtcNow();
        var leaves = new byte[count][];
        var prev = TreeHash.EmptyRoot.ToArray();
        var bundle = new List<byte[]>(TilePath.FullWidth);
        for (var i = 0; i < count; i++)
        {
            var entry = new LogEntry(
                Origin, i, prev, Guid.CreateVersion7(start), "vote.cast", "member:q83vEjRWeJCrze8SNFZ4kA",
                start.AddMilliseconds(i), $"proposal:{Guid.CreateVersion7(start)}", prev, Visibility.Private).Encode();
            leaves[i] = prev = TreeHash.Leaf(entry);
            bundle.Add(entry);
            if (bundle.Count == TilePath.FullWidth || i == count - 1)
            {
                var path = new TilePath(TilePath.Entries, i / TilePath.FullWidth, bundle.Count);
                _files[path.ToString()] = EntryBundle.Encode(bundle);
                bundle.Clear();
            }
        }

        return leaves;
    }

    private void AddTiles(int level, byte[][] hashes)
    {
        foreach (var (index, tile) in hashes.Chunk(TilePath.FullWidth).Index())
        {
            _files[new TilePath(level, index, tile.Length).ToString()] = [.. tile.SelectMany(h => h)];
        }
    }

    private static byte[] Subtree(List<byte[][]> levels, int height, long index)
    {
        var level = Math.Min(height / 8, levels.Count - 1);
        var rest = height - (8 * level);
        var first = (int)(index << rest);
        return Root(levels[level][first..(first + (1 << rest))]);
    }

    private static byte[] Root(byte[][] hashes)
    {
        var width = hashes.Length;
        var row = hashes;
        for (; width > 1; width /= 2)
        {
            row = [.. Enumerable.Range(0, width / 2).Select(i => TreeHash.Node(row[2 * i], row[(2 * i) + 1]))];
        }

        return row[0];
    }
}
