using System.Buffers.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>
/// What one bundle says: of each entry the leaf hash, and the hash that it names as the one before it.
/// Reading ends at the first thing that is no entry of this log at its place.
/// </summary>
internal sealed class BundleReading
{
    private readonly byte[] _hashes;
    private readonly byte[] _prevs;

    private BundleReading(TilePath path, byte[]? tile, bool isChronicled, bool withBooks)
    {
        Path = path;
        Chronicle = isChronicled ? new BundleChronicle(withBooks) : null;
        Tile = tile?.Length == path.Width * TreeHash.SizeBytes ? tile : null;
        TileFault = tile is null ? TileFinding(FindingCode.FileMissing, "is not served")
            : Tile is null ? TileFinding(FindingCode.TileSize, $"has another length than {path.Width} hashes")
            : null;
        _hashes = new byte[path.Width * TreeHash.SizeBytes];
        _prevs = new byte[path.Width * TreeHash.SizeBytes];
    }

    public TilePath Path { get; }

    /// <summary>The position of the first entry.</summary>
    public long First => Path.Index * TilePath.FullWidth;

    /// <summary>Entries that were read; all of the bundle's unless there is a fault.</summary>
    public int Count { get; private set; }

    /// <summary>The leaf hashes of the entries.</summary>
    public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, Count * TreeHash.SizeBytes);

    /// <summary>The hashes that the entries name as the ones before them.</summary>
    public ReadOnlySpan<byte> Prevs => _prevs.AsSpan(0, Count * TreeHash.SizeBytes);

    /// <summary>The log's own tile of level 0 over these entries; null where it serves none of that size.</summary>
    public byte[]? Tile { get; }

    /// <summary>What is wrong with that tile as a file.</summary>
    public Finding? TileFault { get; }

    /// <summary>What the entries tell of, where that is wanted.</summary>
    public BundleChronicle? Chronicle { get; }

    /// <summary>Why reading ended early.</summary>
    public Finding? Fault { get; private set; }

    /// <summary>Reads and checks a bundle, which is null when the log does not serve it.</summary>
    /// <param name="path">The bundle.</param>
    /// <param name="bundle">Its bytes.</param>
    /// <param name="tile">The tile of level 0 over it.</param>
    /// <param name="origin">The log's origin.</param>
    /// <param name="isChronicled">Whether it is wanted what the entries tell of.</param>
    /// <param name="withBooks">Whether that is so of the books too.</param>
    public static BundleReading Read(
        TilePath path, byte[]? bundle, byte[]? tile, ReadOnlySpan<byte> origin, bool isChronicled = false, bool withBooks = false)
    {
        var reading = new BundleReading(path, tile, isChronicled, withBooks);
        if (bundle is null)
        {
            reading.Fault = new Finding(
                FindingCode.FileMissing, $"The log does not serve {path}.", reading.First, reading.First + path.Width - 1, path.ToString());
        }
        else
        {
            reading.ReadEntries(bundle, origin);
        }

        return reading;
    }

    private void ReadEntries(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> origin)
    {
        while (Count < Path.Width && Fault is null)
        {
            var wasEmpty = rest.IsEmpty;
            if (!EntryBundle.TryReadNext(ref rest, out var entry))
            {
                Fault = wasEmpty
                    ? Refuse(FindingCode.EntryMissing, "is missing: the bundle ends before it")
                    : Refuse(FindingCode.EntryMalformed, "is cut short: the bundle ends inside it");
                return;
            }

            ReadEntry(entry, origin);
        }

        if (Fault is null && !rest.IsEmpty)
        {
            Fault = Finding.At(
                First + Count - 1, FindingCode.BundleTrailing, $"{Path} goes on behind entry {First + Count - 1}, its last.", Path.ToString());
        }
    }

    private void ReadEntry(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> origin)
    {
        Fault = !LogEntryView.TryRead(entry, out var view) ? Refuse(FindingCode.EntryMalformed, "is not an entry in canonical form")
            : !view.Origin.SequenceEqual(origin) ? Refuse(FindingCode.EntryOrigin, "says that it is of another log")
            : view.Seq != First + Count ? Refuse(FindingCode.EntryPosition, $"says that it is entry {view.Seq}")
            : null;
        if (Fault is null)
        {
            var at = Count * TreeHash.SizeBytes;
            TreeHash.Leaf(entry, _hashes.AsSpan(at, TreeHash.SizeBytes));
            Base64.DecodeFromUtf8(view.Prev, _prevs.AsSpan(at, TreeHash.SizeBytes), out _, out _);
            Chronicle?.Add(view);
            Count++;
        }
    }

    private Finding TileFinding(FindingCode code, string reason)
    {
        var path = Path with { Level = 0 };
        return new Finding(code, $"{path} {reason}.", First, First + Path.Width - 1, path.ToString());
    }

    private Finding Refuse(FindingCode code, string reason) =>
        Finding.At(First + Count, code, $"Entry {First + Count} {reason}.", Path.ToString());
}
