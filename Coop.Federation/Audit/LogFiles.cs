using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>The files of an audited log by their kind, each with its largest size. Safe for concurrent calls.</summary>
internal sealed class LogFiles(ILogSource source)
{
    // No entry within the grammar is longer; whatever is behind is a fault in any case.
    private const int MaxEntrySizeBytes = 2048;
    private const int MaxBundleSizeBytes = TilePath.FullWidth * (sizeof(ushort) + MaxEntrySizeBytes);
    private const int MaxTileSizeBytes = TilePath.FullWidth * TreeHash.SizeBytes;

    private int _bundles;
    private int _tiles;

    /// <summary>Bundles fetched.</summary>
    public int Bundles => _bundles;

    /// <summary>Tiles fetched.</summary>
    public int Tiles => _tiles;

    public Task<byte[]?> FetchCheckpointAsync(CancellationToken ct) =>
        source.FetchAsync("checkpoint", SignedNote.MaxSizeBytes, ct);

    /// <summary>A tile of hashes; null when the log does not serve it.</summary>
    public async Task<byte[]?> FetchTileAsync(TilePath tile, CancellationToken ct)
    {
        Interlocked.Increment(ref _tiles);
        var size = tile.Width * TreeHash.SizeBytes;
        if (await source.FetchAsync(tile.ToString(), size, ct) is { } bytes)
        {
            return bytes;
        }

        // A log may drop a partial tile once the full one is there.
        var full = tile.IsFull ? null : await source.FetchAsync((tile with { Width = TilePath.FullWidth }).ToString(), MaxTileSizeBytes, ct);
        return full?.Length == MaxTileSizeBytes ? full[..size] : full;
    }

    /// <summary>A bundle of entries; null when the log does not serve it.</summary>
    public async Task<byte[]?> FetchBundleAsync(TilePath bundle, CancellationToken ct)
    {
        Interlocked.Increment(ref _bundles);
        if (await source.FetchAsync(bundle.ToString(), MaxBundleSizeBytes, ct) is { } bytes)
        {
            return bytes;
        }

        var full = bundle.IsFull ? null : await source.FetchAsync((bundle with { Width = TilePath.FullWidth }).ToString(), MaxBundleSizeBytes, ct);
        return full is null ? null : EntryBundle.Cut(full, bundle.Width);
    }
}
