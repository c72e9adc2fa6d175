using System.Security.Cryptography;
using System.Text;
using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Audit;

/// <summary>
/// A log's files in memory, made from its entries by the words of the formats, with nothing shared with
/// the auditor but the names of tiles and the bytes of an entry.
/// </summary>
internal sealed class PublishedLog : ILogSource
{
    public const string Origin = "coop.example/log";

    private static readonly DateTimeOffset Start = new(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);

    private PublishedLog(IReadOnlyList<byte[]> entries, Dictionary<string, byte[]> files)
    {
        Entries = entries;
        Files = files;
    }

    public static Ed25519Key SigningKey { get; } = Ed25519Key.FromSeed([.. Enumerable.Repeat((byte)7, 32)]);

    public static NoteKey Key { get; } = NoteKey.Create(Origin, NoteKey.Ed25519Type, SigningKey.PublicKey.Span);

    public IReadOnlyList<byte[]> Entries { get; }

    public Dictionary<string, byte[]> Files { get; }

    /// <summary>Paths in the order in which they were asked for.</summary>
    public List<string> Fetched { get; } = [];

    /// <summary>A chain of entries; from <paramref name="rewrittenFrom"/> on another history than otherwise.</summary>
    public static List<byte[]> MakeEntries(int count, int rewrittenFrom = int.MaxValue, string origin = Origin)
    {
        var entries = new List<byte[]>(count);
        var prev = SHA256.HashData([]);
        for (var i = 0; i < count; i++)
        {
            var entry = Entry(i, prev, i >= rewrittenFrom ? "vote.withdrawn" : "vote.cast", origin);
            entries.Add(entry);
            prev = SHA256.HashData([0, .. entry]);
        }

        return entries;
    }

    /// <summary>The entry that goes on from others.</summary>
    public static byte[] Next(IReadOnlyList<byte[]> entries, string type, string subject) => Entry(
        entries.Count, SHA256.HashData([0, .. entries[^1]]), type, Origin, subject);

    public static PublishedLog Of(int count) => Publish(MakeEntries(count));

    /// <summary>Publishes and signs any entries, right or wrong.</summary>
    public static PublishedLog Publish(IReadOnlyList<byte[]> entries, Ed25519Key? key = null, string origin = Origin)
    {
        var files = new Dictionary<string, byte[]>();
        var hashes = entries.Select(e => SHA256.HashData([0, .. e])).ToArray();
        for (var level = 0; hashes.Length > 0; level++)
        {
            AddTiles(files, level, hashes);
            hashes = [.. hashes.Chunk(256).Where(c => c.Length == 256).Select(c => Root(c))];
        }

        AddBundles(files, entries);
        var root = Root([.. entries.Select(e => SHA256.HashData([0, .. e]))]);
        files["checkpoint"] = new Checkpoint(origin, entries.Count, root).Sign(key ?? SigningKey).Encode();
        return new PublishedLog(entries, files);
    }

    public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct)
    {
        lock (Fetched)
        {
            Fetched.Add(path);
        }

        var file = Files.GetValueOrDefault(path);
        return Task.FromResult(file?.Length > maxSizeBytes ? file[..(maxSizeBytes + 1)] : file);
    }

    /// <summary>The same files, one of them with other bytes.</summary>
    public PublishedLog With(string path, byte[]? bytes)
    {
        var files = new Dictionary<string, byte[]>(Files);
        if (bytes is null)
        {
            files.Remove(path);
        }
        else
        {
            files[path] = bytes;
        }

        return new PublishedLog(Entries, files);
    }

    /// <summary>
    /// What a node serves whose table of entries was changed behind its back: the full tiles and the
    /// checkpoint as they were, bundles and partial tiles of level 0 from what is there now.
    /// </summary>
    public PublishedLog WithStoredEntries(IReadOnlyList<byte[]> entries)
    {
        var changed = Publish(entries);
        var files = new Dictionary<string, byte[]>(Files);
        foreach (var (path, bytes) in changed.Files)
        {
            var isComputed = path.StartsWith("tile/entries/", StringComparison.Ordinal)
                || (path.StartsWith("tile/0/", StringComparison.Ordinal) && path.Contains(".p/", StringComparison.Ordinal));
            if (isComputed && files.ContainsKey(path))
            {
                files[path] = bytes;
            }
        }

        return new PublishedLog(entries, files);
    }

    public async Task<AuditReport> AuditAsync(AuditState? remembered = null) =>
        await new LogAuditor(this, Key, remembered).AuditAsync(null, TestContext.Current.CancellationToken);

    private static void AddTiles(Dictionary<string, byte[]> files, int level, byte[][] hashes)
    {
        foreach (var (tile, index) in hashes.Chunk(256).Select((t, i) => (t, i)))
        {
            files[new TilePath(level, index, tile.Length).ToString()] = [.. tile.SelectMany(h => h)];
        }
    }

    private static void AddBundles(Dictionary<string, byte[]> files, IReadOnlyList<byte[]> entries)
    {
        foreach (var (bundle, index) in entries.Chunk(256).Select((b, i) => (b, i)))
        {
            files[new TilePath(TilePath.Entries, index, bundle.Length).ToString()] =
                [.. bundle.SelectMany(e => (byte[])[(byte)(e.Length >> 8), (byte)(e.Length & 0xff), .. e])];
        }
    }

    // RFC 6962 section 2.1.
    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 1 ? leaves[0] : SHA256.HashData([]);
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return SHA256.HashData([1, .. Root(leaves[..split]), .. Root(leaves[split..])]);
    }

    private static byte[] Entry(
        int seq, byte[] prev, string type, string origin, string subject = "proposal:0198a0b0-0000-7000-8000-000000000002")
    {
        var id = new byte[16];
        BitConverter.TryWriteBytes(id, seq);
        return new LogEntry(
            origin, seq, prev, new Guid(id), type, "member:q83vEjRWeJCrze8SNFZ4kA", Start.AddMilliseconds(seq),
            subject, SHA256.HashData(Encoding.ASCII.GetBytes($"payload {seq}")), Visibility.Private).Encode();
    }
}
