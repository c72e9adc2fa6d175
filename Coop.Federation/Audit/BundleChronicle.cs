using System.Buffers.Text;
using System.Text;
using Coop.Federation.Audit.Between;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>What the entries of one bundle tell of, in their order.</summary>
internal sealed class BundleChronicle(bool withBooks)
{
    private readonly (DateTimeOffset Time, EventFamily Family)[] _events = new (DateTimeOffset, EventFamily)[TilePath.FullWidth];
    private readonly List<CrossEntry> _cross = [];
    private readonly List<BookEntry> _books = [];
    private int _count;

    public ReadOnlySpan<(DateTimeOffset Time, EventFamily Family)> Events => _events.AsSpan(0, _count);

    /// <summary>The entries that concern another co-op.</summary>
    public IReadOnlyList<CrossEntry> Cross => _cross;

    /// <summary>The entries of the books, where they are wanted.</summary>
    public IReadOnlyList<BookEntry> Books => _books;

    public void Add(LogEntryView entry)
    {
        _events[_count++] = (entry.Time, EventFamilies.Of(entry.Type));
        if (CrossKinds.Of(entry.Type) is { } kind)
        {
            _cross.Add(new CrossEntry(entry.Seq, entry.Id, kind, entry.Time, Hash(entry)));
        }

        if (withBooks && BookEntry.TypeOf(entry.Type) is { } type)
        {
            _books.Add(new BookEntry(
                entry.Seq, entry.Id, type, Encoding.ASCII.GetString(entry.Actor), entry.Time, Hash(entry),
                BookEntry.AccountOf(entry.Subject)));
        }
    }

    private static byte[] Hash(LogEntryView entry)
    {
        var hash = new byte[TreeHash.SizeBytes];
        Base64.DecodeFromUtf8(entry.PayloadHash, hash, out _, out _);
        return hash;
    }
}
