using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>The waiting checkpoints in the node's database. Thread-safe.</summary>
public sealed class PendingCheckpoints(Transactions transactions) : IPendingCheckpoints
{
    public async Task<IReadOnlyList<SignedNote>> ListAsync(string origin, CancellationToken ct) =>
        await transactions.ReadAsync(
            (connection, token) => PendingCheckpointTable.ListAsync(connection, origin, token), ct);

    public Task AddAsync(string origin, SignedNote note, CancellationToken ct) => transactions.MaintainAsync(
        (transaction, token) => PendingCheckpointTable.InsertAsync(transaction, origin, note, token), ct);

    public Task RemoveAsync(string origin, SignedNote note, CancellationToken ct) => transactions.MaintainAsync(
        (transaction, token) => PendingCheckpointTable.DeleteAsync(transaction, origin, note, token), ct);
}
