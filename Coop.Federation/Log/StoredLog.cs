using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>
/// Recomputes the end of the stored log from its bytes, so that nobody builds on, or signs, what they
/// have not seen. Reads at most 511 entries and 255 short rows a level, whatever the size of the log.
/// </summary>
public static class StoredLog
{
    /// <summary>The tip of the log that a head names.</summary>
    /// <exception cref="LogFaultException">What is stored does not lead to the head's root.</exception>
    public static async Task<LogTip> ReadTipAsync(
        NpgsqlConnection connection, LogHead head, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(head);
        var edge = await TreeEdgeReader.ReadAsync(connection, head.Size, ct);
        if (!edge.Root().AsSpan().SequenceEqual(head.Root))
        {
            throw new LogFaultException(
                $"The stored entries and tiles do not hash to the root of the stored head at size {head.Size}.");
        }

        var lastLeaf = await CheckTailAsync(connection, head, ct);
        return new LogTip(head.Origin, edge, lastLeaf);
    }

    /// <summary>The root that the log had at a size that it has passed.</summary>
    public static async Task<byte[]> ReadRootAsync(
        NpgsqlConnection connection, long size, CancellationToken ct) =>
        (await TreeEdgeReader.ReadAsync(connection, size, ct)).Root();

    /// <summary>Checks the entries behind the last full tile but one, and the last full tile.</summary>
    private static async Task<byte[]> CheckTailAsync(
        NpgsqlConnection connection, LogHead head, CancellationToken ct)
    {
        var fullTiles = TilePath.FullTiles(0, head.Size);
        var from = Math.Max(0, fullTiles - 1) * TilePath.FullWidth;
        var entries = await EntryStore.ReadRangeAsync(connection, from, head.Size, ct);
        var lastLeaf = CheckChain(head.Origin, from, entries);
        if (fullTiles > 0)
        {
            var stored = await TileStore.ReadHashesAsync(connection, 0, fullTiles - 1, ct);
            var computed = PartialTileReader.LeafHashes([.. entries.Take(TilePath.FullWidth)]);
            if (!computed.AsSpan().SequenceEqual(stored))
            {
                throw new LogFaultException($"The entries from {from} on do not hash to their stored tile.");
            }
        }

        return lastLeaf;
    }

    private static byte[] CheckChain(string origin, long from, IReadOnlyList<byte[]> entries)
    {
        // The first entry's own predecessor is not read; the tree vouches for it.
        byte[]? last = from == 0 ? TreeHash.EmptyRoot.ToArray() : null;
        for (var i = 0; i < entries.Count; i++)
        {
            var isLinked = LogEntry.TryParse(entries[i], out var entry)
                && entry!.Origin == origin
                && entry.Seq == from + i
                && (last is null || entry.Prev.Span.SequenceEqual(last));
            if (!isLinked)
            {
                throw new LogFaultException($"Entry {from + i} does not follow the one before it.");
            }

            last = TreeHash.Leaf(entries[i]);
        }

        return last!;
    }
}
