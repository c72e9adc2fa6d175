using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// The copies in the node's database, of each log in the history that is followed. A step is one SERIALIZABLE
/// transaction; one whose answer was lost is tried again, finds the version moved, and counts as overtaken. So does
/// a step of a copy that was kept aside meanwhile. Thread-safe.
/// </summary>
public sealed class MirrorStore(Transactions transactions) : IMirrorStore
{
    public Task<MirrorState> ReadAsync(string origin, CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) =>
        {
            var history = await HistoryChoiceTable.HistoryAsync(connection, origin, token);
            return await MirrorTable.ReadAsync(connection, origin, history, token);
        },
        ct);

    public Task<bool> TryAcceptAsync(string origin, MirrorState next, CancellationToken ct) => transactions.MaintainAsync(
        (transaction, token) => TryMoveAsync(transaction, origin, next, token), ct);

    public Task<bool> TryExtendAsync(string origin, MirrorExtension extension, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(extension);
        return transactions.MaintainAsync(
            async (transaction, token) =>
            {
                if (!await TryMoveAsync(transaction, origin, extension.Next, token))
                {
                    return false;
                }

                await MirrorFileTables.WriteAsync(
                    transaction, MirrorKey.Of(origin, extension.Next.History), extension, token);
                return true;
            },
            ct);
    }

    public Task<byte[]?> ReadBundleAsync(string origin, long index, CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) =>
            await MirrorFileTables.FindBundleAsync(connection, await KeyAsync(connection, origin, token), index, token),
        ct);

    public Task<byte[]?> ReadTileAsync(string origin, TilePath tile, CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) =>
            await MirrorFileTables.FindTileAsync(connection, await KeyAsync(connection, origin, token), tile, token),
        ct);

    /// <summary>One of the copies of each log, whether it is followed or was kept aside; it is only read.</summary>
    public IMirrorStore Copy(long history) => new MirrorCopy(transactions, history);

    private static async Task<bool> TryMoveAsync(
        NpgsqlTransaction transaction, string origin, MirrorState next, CancellationToken ct) =>
        await HistoryChoiceTable.HistoryAsync(transaction.Connection!, origin, ct) == next.History
        && await MirrorTable.TryMoveAsync(transaction, origin, next, ct);

    private static async Task<string> KeyAsync(NpgsqlConnection connection, string origin, CancellationToken ct) =>
        MirrorKey.Of(origin, await HistoryChoiceTable.HistoryAsync(connection, origin, ct));
}
