using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>The copies of one history of each log, to be read: nothing moves them from here. Thread-safe.</summary>
internal sealed class MirrorCopy(Transactions transactions, long history) : IMirrorStore
{
    public Task<MirrorState> ReadAsync(string origin, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorTable.ReadAsync(connection, origin, history, token), ct);

    public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) => Task.FromResult(false);

    public Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct) => Task.FromResult(false);

    public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorFileTables.FindBundleAsync(connection, MirrorKey.Of(origin, history), index, token), ct);

    public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorFileTables.FindTileAsync(connection, MirrorKey.Of(origin, history), tile, token), ct);
}
