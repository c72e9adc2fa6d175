using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Witnessing;
using Coop.Node.Database;

namespace Coop.Node.Federation.Witnessing;

/// <summary>The witness's memory in the node's database, which its replicas share. Thread-safe.</summary>
internal sealed class WitnessStore(Transactions transactions, IWitnessingPeers peers) : IWitnessStore
{
    public async Task<IReadOnlyList<NoteKey>> FindKeysAsync(string origin, CancellationToken ct) =>
        await peers.FindLogKeyAsync(origin, ct) is { } key ? [key] : [];

    public Task<LogState?> FindLatestAsync(string origin, CancellationToken ct) => transactions.ReadAsync(
        (connection, token) => WitnessedLogStore.FindAsync(connection, origin, token), ct);

    // Whether its answer is lost or not, a second attempt finds the first one's effect, answers false, and the
    // log asks again from where it then is: nothing is cosigned that is not recorded.
    public Task<bool> TryAdvanceAsync(
        string origin, LogState? from, LogState to, SignedNote note, CancellationToken ct) => transactions.MaintainAsync(
            (transaction, token) => WitnessedLogStore.TryAdvanceAsync(transaction, origin, from, to, note, token), ct);
}
