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
    private readonly ConcurrentDictionary<string, string> _origins = new(StringComparer.Ordinal);

    /// <summary>The state of every copy that has a complete checkpoint, in the order of their origins.</summary>
    public async Task<IReadOnlyList<(string Origin, MirrorState State)>> ListAsync(CancellationToken ct)
    {
        var all = await transactions.ReadAsync(MirrorTable.ListAsync, ct);
        foreach (var (origin, _) in all)
        {
            _origins[LogSubject.IdOf(origin)] = origin;
        }

        return all;
    }

    /// <summary>The newest complete checkpoint of a copy, as its log signed it; null where there is none.</summary>
    public async Task<SignedNote?> FindCheckpointAsync(string id, CancellationToken ct) =>
        await FindOriginAsync(id, ct) is { } origin ? (await store.ReadAsync(origin, ct)).Complete : null;

    /// <summary>A tile or bundle of a copy; null where it does not reach that far.</summary>
    public async Task<byte[]?> FindAsync(string id, TilePath tile, CancellationToken ct)
    {
        if (_full.TryGetValue((id, tile), out byte[]? cached))
        {
            return cached;
        }

        if (await FindOriginAsync(id, ct) is not { } origin)
        {
            return null;
        }

        var bytes = await new MirroredTree(store, origin, await store.ReadAsync(origin, ct)).FindAsync(tile, ct);
        if (bytes is not null && tile.IsFull)
        {
            _full.Set((id, tile), bytes, new MemoryCacheEntryOptions { Size = bytes.Length });
        }

        return bytes;
    }

    public void Dispose() => _full.Dispose();

    private async Task<string?> FindOriginAsync(string id, CancellationToken ct)
    {
        if (!_origins.ContainsKey(id))
        {
            await ListAsync(ct);
        }

        return _origins.GetValueOrDefault(id);
    }
}
