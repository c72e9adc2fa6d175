using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The copies in the node's database. A step is one SERIALIZABLE transaction; one whose answer was lost is
/// tried again, finds the version moved, and counts as overtaken. Thread-safe.
/// </summary>
public sealed class MirrorStore(Transactions transactions) : IMirrorStore
{
    public Task<MirrorState> ReadAsync(string origin, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorTable.ReadAsync(connection, origin, token), ct);

    public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) => transactions.MaintainAsync(
        (transaction, token) => MirrorTable.TryMoveAsync(transaction, origin, next, token), ct);

    public Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return transactions.MaintainAsync(
            async (transaction, token) =>
            {
                if (!await MirrorTable.TryMoveAsync(transaction, origin, extension.Next, token))
                {
                    return false;
                }

                await MirrorFileTables.WriteAsync(transaction, origin, extension, token);
                return true;
            },
            ct);
    }

    public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorFileTables.FindBundleAsync(connection, origin, index, token), ct);

    public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => MirrorFileTables.FindTileAsync(connection, origin, tile, token), ct);
}
