using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>
/// Weighs what the log says about each leaf: the entry itself, the tile over it, the entry behind it
/// (which names its hash), and what an earlier audit remembers. While they agree there is one tree; once
/// they do not, each gets a tree of its own, and the signed root decides who told the truth. So an entry
/// that was changed is named exactly, not just the place where two things stopped to fit.
/// </summary>
/// <remarks>Memory does not grow with the log. Not thread-safe.</remarks>
internal sealed class Evidence(TreeEdge start, AuditState? remembered)
{
    private readonly TreeEdge _served = start.Copy();
    private byte[]? _lastLeaf = remembered?.Leaf(start.Size - 1) ?? (start.Size == 0 ? TreeHash.EmptyRoot.ToArray() : null);
    private long? _brokenStart;
    private Hypothesis? _tiles;
    private Hypothesis? _chain;
    private Hypothesis? _doubtfulChain;
    private Hypothesis? _memory;

    /// <summary>The tree over the entries as served.</summary>
    public TreeEdge Served => _served;

    /// <summary>Adds a reading's leaves.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="next">The one behind it, whose first entry names the last leaf; null at the end.</param>
    /// <param name="completed">Receives the tiles that the leaves complete.</param>
    public void Add(BundleReading reading, BundleReading? next, ICollection<FullTile> completed)
    {
        if (reading.Count == 0)
        {
            return;
        }

        NoteStart(reading);
        if (IsContested(reading, next))
        {
            Fork();
            AddContested(reading, next);
        }
        else
        {
            AddToAll(reading);
        }

        for (var i = 0; i < reading.Count; i++)
        {
            _served.Append(Hypothesis.Leaf(reading.Hashes, i), completed);
        }
    }

    /// <summary>The first fault that the signed root proves; null when it proves none.</summary>
    public Finding? Proven(Checkpoint checkpoint)
    {
        if (_served.Root().AsSpan().SequenceEqual(checkpoint.Root.Span))
        {
            return FirstOf(RewrittenAt(_memory?.FirstDifference), MismatchAt(_tiles?.FirstDifference), BrokenAt(_chain?.FirstDifference + 1), BrokenAt(_brokenStart));
        }

        return new[] { _tiles, _memory, _chain, _doubtfulChain }
            .FirstOrDefault(h => h?.IsProvenBy(checkpoint.Root) == true) is { FirstDifference: { } entry } ? ChangedAt(entry) : null;
    }

    /// <summary>The likeliest fault where no single witness leads to the signed root; null when nobody contests anything.</summary>
    /// <param name="size">The log's size; null when the entries were not read to the end.</param>
    public Finding? Likeliest(long? size)
    {
        // What precedes the start is certain, and so is what an earlier audit saw.
        if ((_brokenStart ?? _memory?.FirstDifference) is { } known)
        {
            return ChangedAt(known);
        }

        if (_tiles?.FirstDifference is { } tile && (_chain?.FirstDifference is not { } first || tile <= first + 1))
        {
            return ChangedAt(tile);
        }

        if (_chain?.FirstDifference is { } link)
        {
            // A false link is the later entry's fault when that one is contested too, or is the last:
            // were only the earlier one changed, following the links would have led to the signed root.
            return ChangedAt(_chain.NextDiffers || link + 2 == size ? link + 1 : link);
        }

        return null;
    }

    private static Finding? FirstOf(params Finding?[] findings) => findings.Where(f => f is not null).MinBy(f => f!.Entry);

    private static Finding ChangedAt(long entry) =>
        Finding.At(entry, FindingCode.EntryChanged, $"Entry {entry} is not the one that was signed.");

    private static Finding? RewrittenAt(long? entry) => entry is { } at
        ? Finding.At(at, FindingCode.HistoryRewritten, $"Entry {at} is another than in the earlier audit, and the log signed both.")
        : null;

    private static Finding? MismatchAt(long? entry) => entry is { } at
        ? Finding.At(at, FindingCode.TileMismatch, $"The tile's hash of entry {at} is not the hash of that entry, which is as signed.")
        : null;

    private static Finding? BrokenAt(long? entry) => entry is { } at
        ? Finding.At(at, FindingCode.ChainBroken, $"Entry {at}, as signed, does not name the hash of the entry before it.")
        : null;

    // The first leaf's predecessor is behind the trees, so a false link to it is kept apart.
    private void NoteStart(BundleReading reading)
    {
        if (reading.First == start.Size && _lastLeaf is not null && !Hypothesis.Leaf(reading.Prevs, 0).SequenceEqual(_lastLeaf))
        {
            _brokenStart = reading.First;
        }

        _lastLeaf = null;
    }

    private bool IsContested(BundleReading reading, BundleReading? next) =>
        (reading.Tile is { } tile && !tile.AsSpan().StartsWith(reading.Hashes))
        || !reading.Prevs[TreeHash.SizeBytes..].SequenceEqual(reading.Hashes[..^TreeHash.SizeBytes])
        || (next is { Count: > 0 } && !Hypothesis.Leaf(next.Prevs, 0).SequenceEqual(reading.Hashes[^TreeHash.SizeBytes..]))
        || DiffersFromMemory(reading);

    private bool DiffersFromMemory(BundleReading reading)
    {
        for (var i = 0; i < reading.Count && reading.First + i < remembered?.Checkpoint.Size; i++)
        {
            if (remembered.Leaf(reading.First + i) is { } leaf && !Hypothesis.Leaf(reading.Hashes, i).SequenceEqual(leaf))
            {
                return true;
            }
        }

        return false;
    }

    private void Fork()
    {
        _tiles ??= new Hypothesis(_served.Copy());
        _chain ??= new Hypothesis(_served.Copy());
        _doubtfulChain ??= new Hypothesis(_served.Copy());
        _memory ??= new Hypothesis(_served.Copy());
    }

    private void AddToAll(BundleReading reading)
    {
        if (_tiles is null)
        {
            return;
        }

        for (var i = 0; i < reading.Count; i++)
        {
            var leaf = Hypothesis.Leaf(reading.Hashes, i);
            _tiles.Add(leaf);
            _chain!.Add(leaf);
            _doubtfulChain!.Add(leaf);
            _memory!.Add(leaf);
        }
    }

    private void AddContested(BundleReading reading, BundleReading? next)
    {
        for (var i = 0; i < reading.Count; i++)
        {
            var leaf = Hypothesis.Leaf(reading.Hashes, i);
            var claim = Claim(reading, next, i);
            _tiles!.Add(leaf, reading.Tile is { } tile ? Hypothesis.Leaf(tile, i) : leaf);
            _chain!.Add(leaf, claim);
            _doubtfulChain!.Add(leaf, IsContradicted(reading, next, i + 1) ? leaf : claim);
            _memory!.Add(leaf, remembered?.Leaf(reading.First + i) ?? leaf);
        }
    }

    // What the entry behind says that this leaf is; without one, what the entry itself says.
    private static ReadOnlySpan<byte> Claim(BundleReading reading, BundleReading? next, int i) =>
        i + 1 < reading.Count ? Hypothesis.Leaf(reading.Prevs, i + 1)
        : i + 1 == reading.Path.Width && next is { Count: > 0 } ? Hypothesis.Leaf(next.Prevs, 0)
        : Hypothesis.Leaf(reading.Hashes, i);

    // Whether the entry behind the claimant says that the claimant is another.
    private static bool IsContradicted(BundleReading reading, BundleReading? next, int claimant)
    {
        if (claimant < reading.Count)
        {
            return !Claim(reading, next, claimant).SequenceEqual(Hypothesis.Leaf(reading.Hashes, claimant));
        }

        return next is { Count: > 1 } && !Claim(next, null, 0).SequenceEqual(Hypothesis.Leaf(next.Hashes, 0));
    }
}
