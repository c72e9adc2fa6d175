using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Database;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Writes what this node saw of others' logs into its own, by <see cref="EntanglingRule"/>. Several replicas may
/// try at once: the rule is asked again inside the write. Thread-safe.
/// </summary>
public sealed class Entangling(Transactions transactions, FollowSettings settings, TimeProvider time)
{
    /// <summary>Records the copy's newest complete checkpoint, where it is time to.</summary>
    public async Task RecordAsync(string origin, MirrorState state, CancellationToken ct)
    {
        var last = await transactions.ReadAsync(
            (connection, token) => RecordedCheckpointTable.FindAsync(connection, origin, token), ct);
        if (EntanglingRule.ToRecord(state, last, time.GetUtcNow(), settings.EntangleInterval) is not null)
        {
            await transactions.WriteAsync((scope, token) => RecordAsync(scope, origin, state, token), ct);
        }
    }

    private async Task<bool> RecordAsync(WriteScope scope, string origin, MirrorState state, CancellationToken ct)
    {
        if (await HistoryChoiceTable.HistoryAsync(scope.Connection, origin, ct) != state.History)
        {
            // People chose the other history meanwhile.
            return false;
        }

        var last = await RecordedCheckpointTable.FindAsync(scope.Connection, origin, ct);
        if (EntanglingRule.ToRecord(state, last, scope.Now, settings.EntangleInterval) is not { } note)
        {
            return false;
        }

        scope.Append(CheckpointSeen.Draft(note));
        var recorded = new RecordedCheckpoint(Checkpoint.Parse(note.Text).Size, scope.Now);
        await RecordedCheckpointTable.UpsertAsync(scope.Transaction, origin, recorded, ct);
        return true;
    }
}
