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
    public async Task<byte[]?> ReadAsync(TilePath tile, CancellationToken ct)
    {
        if (_full.TryGetValue(tile, out byte[]? cached))
        {
            return cached;
        }

        var published = await ReadPublishedAsync(ct);
        return published is null ? null : await ReadAsync(tile, published.Size, ct);
    }

    /// <summary>The receipt of an entry of the published log; null when the log does not reach it.</summary>
    public async Task<TlogProof?> ProveAsync(long index, CancellationToken ct)
    {
        if (await ReadPublishedAsync(ct) is not { } published || index >= published.Size)
        {
            return null;
        }

        var hashes = await TileProofs.InclusionAsync(
            index,
            published.Size,
            async tile => await ReadAsync(tile, published.Size, ct)
                ?? throw new LogFaultException($"{tile} is missing from the log of {published.Size} entries."));
        var checkpoint = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(published.Checkpoint));
        return new TlogProof(index, hashes, checkpoint);
    }

    public void Dispose() => _full.Dispose();

    private async Task<byte[]?> ReadAsync(TilePath tile, long size, CancellationToken ct)
    {
        if (_full.TryGetValue(tile, out byte[]? cached))
        {
            return cached;
        }

        var bytes = await transactions.ReadAsync(
            (connection, token) => TileReader.ReadAsync(connection, tile, size, token), ct);
        if (bytes is not null && tile.IsFull)
        {
            _full.Set(tile, bytes, new MemoryCacheEntryOptions { Size = bytes.Length });
        }

        return bytes;
    }
}
