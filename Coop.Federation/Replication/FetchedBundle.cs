using Coop.Federation.Audit;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>A bundle as fetched, read and hashed; proven only once it was held against the signed tree.</summary>
/// <param name="Reading">Its entries' hashes, and what is wrong with it.</param>
/// <param name="Bytes">Its bytes; empty where it is not served.</param>
/// <param name="Root">The root over its leaf hashes; null unless it is full and whole.</param>
internal sealed record FetchedBundle(BundleReading Reading, byte[] Bytes, byte[]? Root)
{
    public static async Task<FetchedBundle> FetchAsync(
        LogFiles files, TilePath path, ReadOnlyMemory<byte> origin, CancellationToken ct)
    {
        var bytes = await files.FetchBundleAsync(path, ct);
        var reading = BundleReading.Read(path, bytes, null, origin.Span);
        var isWhole = path.IsFull && reading.Fault is null;
        return new FetchedBundle(
            reading, bytes ?? [], isWhole ? TreeHash.Perfect(reading.Hashes.ToArray()) : null);
    }
}
