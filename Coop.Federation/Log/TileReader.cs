using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Tiles;
using Npgsql;

namespace Coop.Federation.Log;

/// <summary>The bytes of tiles and entry bundles, full ones as stored, partial ones computed.</summary>
/// <remarks>
/// A damaged log is served as it is stored, without what is missing: nobody signs it any more, and whoever
/// audits it can name the entry.
/// </remarks>
public static class TileReader
{
    /// <summary>
    /// The bytes of a tile or bundle that lies inside the log of <paramref name="size"/> entries, and
    /// null for one that does not (yet), or that is lost.
    /// </summary>
    public static async Task<byte[]?> ReadAsync(
        NpgsqlConnection connection, TilePath tile, long size, CancellationToken ct) =>
        !IsInside(tile, size) ? null
        : tile.Level == TilePath.Entries ? EntryBundle.Encode(await ReadEntriesAsync(connection, tile, ct))
        : await ReadHashesAsync(connection, tile, size, ct);

    private static bool IsInside(TilePath tile, long size) =>
        TilePath.In(size, tile.Level, tile.Index) is { } present && tile.Width <= present.Width;

    private static Task<IReadOnlyList<byte[]>> ReadEntriesAsync(
        NpgsqlConnection connection, TilePath tile, CancellationToken ct)
    {
        var from = tile.Index * TilePath.FullWidth;
        return EntryStore.ReadPresentAsync(connection, from, from + tile.Width, ct);
    }

    /// <summary>A partial tile that has become full since it was asked for is cut from the full one.</summary>
    private static async Task<byte[]?> ReadHashesAsync(
        NpgsqlConnection connection, TilePath tile, long size, CancellationToken ct)
    {
        var isStored = tile.Index < TilePath.FullTiles(tile.Level, size);
        if (!isStored && tile.Level == 0)
        {
            return PartialTileReader.LeafHashes(await ReadEntriesAsync(connection, tile, ct));
        }

        try
        {
            return isStored
                ? Cut(await TileStore.ReadHashesAsync(connection, tile.Level, tile.Index, ct), tile.Width)
                : await PartialTileReader.ReadAsync(connection, tile.Level, tile.Index, tile.Width, ct);
        }
        catch (LogFaultException)
        {
            return null;
        }
    }

    private static byte[] Cut(byte[] hashes, int width) =>
        width == TilePath.FullWidth ? hashes : hashes.AsSpan(0, Math.Min(hashes.Length, width * TreeHash.SizeBytes)).ToArray();
}
