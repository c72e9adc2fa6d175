using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Replication;

/// <summary>
/// The files of a mirrored log up to the complete checkpoint of a state, cut from what is stored, which may
/// have grown since.
/// </summary>
public sealed class MirroredTree(IMirrorStore store, string origin, MirrorState state)
{
    /// <summary>Entries that can be read.</summary>
    public long Size { get; } = state.Complete is { } complete ? Checkpoint.Parse(complete.Text).Size : 0;

    /// <summary>A tile or bundle of any width that lies inside the mirrored log; null for another.</summary>
    public async Task<byte[]?> FindAsync(TilePath path, CancellationToken ct)
    {
        if (TilePath.In(Size, path.Level, path.Index) is not { } present || path.Width > present.Width)
        {
            return null;
        }

        return path.Level switch
        {
            TilePath.Entries => await BundleAsync(path, ct),
            0 => LeafHashes(await BundleAsync(path, ct), path.Width),
            _ => await UpperAsync(path, ct),
        };
    }

    /// <exception cref="LogFaultException">It is not stored.</exception>
    public async Task<byte[]> ReadAsync(TilePath path, CancellationToken ct) =>
        await FindAsync(path, ct) ?? throw Missing(path);

    private async Task<byte[]> BundleAsync(TilePath path, CancellationToken ct) =>
        EntryBundle.Cut(await store.ReadBundleAsync(origin, path.Index, ct) ?? throw Missing(path), path.Width);

    private async Task<byte[]> UpperAsync(TilePath path, CancellationToken ct)
    {
        var isStored = path.Index < TilePath.FullTiles(path.Level, state.Edge.Size);
        var hashes = isStored
            ? await store.ReadTileAsync(origin, path with { Width = TilePath.FullWidth }, ct)
            : state.Edge.PartialTile(path.Level).ToArray();
        var size = path.Width * TreeHash.SizeBytes;
        return hashes?.Length >= size ? hashes[..size] : throw Missing(path);
    }

    private static byte[] LeafHashes(ReadOnlySpan<byte> bundle, int width)
    {
        var hashes = new byte[width * TreeHash.SizeBytes];
        for (var at = 0; at < hashes.Length && EntryBundle.TryReadNext(ref bundle, out var entry); at += TreeHash.SizeBytes)
        {
            TreeHash.Leaf(entry, hashes.AsSpan(at, TreeHash.SizeBytes));
        }

        return hashes;
    }

    private LogFaultException Missing(TilePath path) => new($"{path} is missing from the copy of {origin}.");
}
