using System.Collections.Concurrent;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Microsoft.Extensions.Caching.Memory;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The copies as files, each up to its newest complete checkpoint. Full tiles and bundles, which never change,
/// are kept in a bounded cache. Thread-safe.
/// </summary>
public sealed class MirrorFiles(MirrorStore store, Transactions transactions) : IDisposable
{
    private const long CacheSizeBytes = 16 * 1024 * 1024;

    private readonly MemoryCache _full = new(new MemoryCacheOptions { SizeLimit = CacheSizeBytes });

    // Copies are never dropped, so what an id stood for it stands for.
    private readonly ConcurrentDictionary<string, (string Origin, IMirrorStore Copy)> _copies = new(StringComparer.Ordinal);

    /// <summary>The copy of every log in the history that is followed, in the order of their origins.</summary>
    public async Task<IReadOnlyList<(string Origin, MirrorState State)>> ListAsync(CancellationToken ct) =>
        [.. (await ListAllAsync(ct)).Where(m => m.IsFollowed).Select(m => (m.Origin, m.State))];

    /// <summary>All copies in the order of their origins, also those that were kept aside.</summary>
    public async Task<IReadOnlyList<(string Origin, MirrorState State, bool IsFollowed)>> ListAllAsync(CancellationToken ct)
    {
        var (all, histories) = await transactions.ReadAsync(
            async (c, t) => (await MirrorTable.ListAsync(c, t), await HistoryChoiceTable.HistoriesAsync(c, t)), ct);
        foreach (var (origin, state) in all)
        {
            _copies[MirrorKey.IdOf(origin, state.History)] = (origin, store.Copy(state.History));
        }

        return [.. all.Select(m => (m.Origin, m.State, m.State.History == histories.GetValueOrDefault(m.Origin)))];
    }

    /// <summary>The newest complete checkpoint of a copy, as its log signed it; null where there is none.</summary>
    public async Task<SignedNote?> FindCheckpointAsync(string id, CancellationToken ct) =>
        await FindCopyAsync(id, ct) is var (origin, copy) ? (await copy.ReadAsync(origin, ct)).Complete : null;

    /// <summary>A tile or bundle of a copy; null where it does not reach that far.</summary>
    public async Task<byte[]?> FindAsync(string id, TilePath tile, CancellationToken ct)
    {
        if (_full.TryGetValue((id, tile), out byte[]? cached))
        {
            return cached;
        }

        if (await FindCopyAsync(id, ct) is not var (origin, copy))
        {
            return null;
        }

        var bytes = await new MirroredTree(copy, origin, await copy.ReadAsync(origin, ct)).FindAsync(tile, ct);
        if (bytes is not null && tile.IsFull)
        {
            _full.Set((id, tile), bytes, new MemoryCacheEntryOptions { Size = bytes.Length });
        }

        return bytes;
    }

    public void Dispose() => _full.Dispose();

    private async Task<(string Origin, IMirrorStore Copy)?> FindCopyAsync(string id, CancellationToken ct)
    {
        if (!_copies.ContainsKey(id))
        {
            await ListAllAsync(ct);
        }

        return _copies.TryGetValue(id, out var copy) ? copy : null;
    }
}
