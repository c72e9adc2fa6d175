using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Identity.Keys;

namespace Coop.Bench;

/// <summary>
/// A valid log that grows, its full files in a folder: its own memory does not grow with it. Not thread-safe
/// while it grows.
/// </summary>
internal sealed class LogOnDisk : IDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Ed25519Key _key = Ed25519Key.Generate();
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private readonly List<byte[]> _bundle = [];
    private readonly TreeEdge _edge = new();
    private byte[] _last = TreeHash.EmptyRoot.ToArray();
    private byte[] _checkpoint = [];

    public LogOnDisk(DirectoryInfo folder, string origin)
    {
        _folder = folder;
        Key = NoteKey.Create(origin, NoteKey.Ed25519Type, _key.PublicKey.Span);
    }

    public NoteKey Key { get; }

    public long Size => _edge.Size;

    /// <summary>Appends entries of 430 bytes, and signs the result.</summary>
    public void Grow(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Append();
        }

        _checkpoint = new Checkpoint(Key.Name, Size, _edge.Root()).Sign(_key).Encode();
    }

    /// <summary>A file of the log as it is now; null when there is none.</summary>
    public byte[]? Read(string path)
    {
        if (path == "checkpoint")
        {
            return _checkpoint;
        }

        if (!TilePath.TryParse(path, out var tile) || TilePath.In(Size, tile.Level, tile.Index) is not { } present)
        {
            return null;
        }

        return present.IsFull ? tile.IsFull ? File.ReadAllBytes(PathOf(tile)) : null
            : tile != present ? null
            : tile.Level == TilePath.Entries ? EntryBundle.Encode(_bundle)
            : _edge.PartialTile(tile.Level).ToArray();
    }

    public void Dispose() => _key.Dispose();

    private void Append()
    {
        var entry = new LogEntry(
            Key.Name, Size, _last, Guid.CreateVersion7(_start), "vote.cast", "member:q83vEjRWeJCrze8SNFZ4kA",
            _start.AddMilliseconds(Size), $"proposal:{Guid.CreateVersion7(_start)}", _last, Visibility.Private).Encode();
        _last = TreeHash.Leaf(entry);
        _bundle.Add(entry);
        var completed = new List<FullTile>();
        _edge.Append(_last, completed);
        foreach (var tile in completed)
        {
            File.WriteAllBytes(PathOf(new TilePath(tile.Level, tile.N, TilePath.FullWidth)), tile.Hashes);
        }

        if (_bundle.Count == TilePath.FullWidth)
        {
            var index = (Size / TilePath.FullWidth) - 1;
            File.WriteAllBytes(PathOf(new TilePath(TilePath.Entries, index, TilePath.FullWidth)), EntryBundle.Encode(_bundle));
            _bundle.Clear();
        }
    }

    private string PathOf(TilePath tile) => Path.Combine(_folder.FullName, tile.ToString().Replace('/', '-'));
}
