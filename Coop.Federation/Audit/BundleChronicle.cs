using System.Buffers.Text;
using Coop.Federation.Audit.Between;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>What the entries of one bundle tell of, in their order.</summary>
internal sealed class BundleChronicle
{
    private readonly (DateTimeOffset Time, EventFamily Family)[] _events = new (DateTimeOffset, EventFamily)[TilePath.FullWidth];
    private readonly List<CrossEntry> _cross = [];
    private int _count;

    public ReadOnlySpan<(DateTimeOffset Time, EventFamily Family)> Events => _events.AsSpan(0, _count);

    /// <summary>The entries that concern another co-op.</summary>
    public IReadOnlyList<CrossEntry> Cross => _cross;

    public void Add(LogEntryView entry)
    {
        _events[_count++] = (entry.Time, EventFamilies.Of(entry.Type));
        if (CrossKinds.Of(entry.Type) is { } kind)
        {
            var hash = new byte[TreeHash.SizeBytes];
            Base64.DecodeFromUtf8(entry.PayloadHash, hash, out _, out _);
            _cross.Add(new CrossEntry(entry.Seq, entry.Id, kind, entry.Time, hash));
        }
    }
}
