using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Node.Database;
using Microsoft.Extensions.Caching.Memory;

namespace Coop.Node.Log;

/// <summary>
/// The published log as files: never beyond the last signed checkpoint. Full tiles and bundles, which
/// never change, are kept in a bounded cache. Thread-safe.
/// </summary>
public sealed class LogFiles(Transactions transactions) : IDisposable
{
    private const long CacheSizeBytes = 16 * 1024 * 1024;

    private readonly MemoryCache _full = new(new MemoryCacheOptions { SizeLimit = CacheSizeBytes });

    /// <summary>What is published; null before the first checkpoint.</summary>
    public Task<PublishedLog?> ReadPublishedAsync(CancellationToken ct) =>
        transactions.ReadAsync(HeadStore.ReadPublishedAsync, ct);

    /// <summary>A tile or bundle of the published log; null when the log does not reach it.</summary>
    public async Task<TileFile?> ReadAsync(TilePath tile, CancellationToken ct)
    {
        if (_full.TryGetValue(tile, out TileFile? cached))
        {
            return cached;
        }

        var published = await ReadPublishedAsync(ct);
        return published is null ? null : await ReadAsync(tile, published.Size, ct);
    }

    /// <summary>The receipt of an entry under one of the log's checkpoints, which must reach it.</summary>
    /// <exception cref="LogFaultException">A tile is missing.</exception>
    public async Task<TlogProof> ProveAsync(long index, SignedNote checkpoint, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var size = Checkpoint.Parse(checkpoint.Text).Size;

        var hashes = await TileProofs.InclusionAsync(index, size, tile => ReadPresentAsync(tile, size, ct));
        return new TlogProof(index, hashes, checkpoint);
    }

    /// <summary>The proof that the log of one size begins with that of another; both are published.</summary>
    /// <exception cref="LogFaultException">A tile is missing.</exception>
    public Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(long oldSize, long size, CancellationToken ct) =>
        TileProofs.ConsistencyAsync(oldSize, size, tile => ReadPresentAsync(tile, size, ct));

    public void Dispose() => _full.Dispose();

    private async Task<byte[]> ReadPresentAsync(TilePath tile, long size, CancellationToken ct) =>
        (await ReadAsync(tile, size, ct))?.Bytes
        ?? throw new LogFaultException($"{tile} is missing from the log of {size} entries.");

    private async Task<TileFile?> ReadAsync(TilePath tile, long size, CancellationToken ct)
    {
        if (_full.TryGetValue(tile, out TileFile? cached))
        {
            return cached;
        }

        var bytes = await transactions.ReadAsync(
            (connection, token) => TileReader.ReadAsync(connection, tile, size, token), ct);
        if (bytes is null || !tile.IsFull)
        {
            return bytes is null ? null : new TileFile(bytes, null);
        }

        return _full.Set(tile, TileFile.Full(bytes), new MemoryCacheEntryOptions { Size = bytes.Length });
    }
}
