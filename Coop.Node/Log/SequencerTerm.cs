using Coop.Federation.Log;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// One term of leadership: the verified right edge in memory, and the rounds that extend the log from
/// it. Any exception ends the term and throws the memory away. Not thread-safe.
/// </summary>
internal sealed class SequencerTerm(
    NodeLog log,
    Transactions transactions,
    SequencerOptions options,
    ISequencerObserver observer,
    LogTip tip,
    Guid holder,
    long epoch)
{
    private LogTip _tip = tip;

    /// <summary>
    /// Sequences all that waits, batch by batch, from one snapshot of the intake. Returns the number of
    /// entries appended.
    /// </summary>
    public Task<long> DrainAsync(CancellationToken ct) => transactions.ReadAsync(
        async (connection, token) =>
        {
            var start = _tip.Size;
            var rows = new List<IntakeRow>();
            await foreach (var row in IntakeQueue.ReadAllAsync(connection, log.Order, token))
            {
                rows.Add(row);
                if (rows.Count == options.BatchSize)
                {
                    await SequenceAsync(rows, token);
                    rows.Clear();
                }
            }

            if (rows.Count > 0)
            {
                await SequenceAsync(rows, token);
            }

            return _tip.Size - start;
        },
        ct);

    /// <summary>
    /// Signs the stored log as it stands, and makes the checkpoint visible. The order is what keeps a
    /// signature from contradicting another: durable entries, signature, durable note of it, publication.
    /// </summary>
    public async Task PublishAsync(CancellationToken ct)
    {
        var state = _tip.State;
        var checkpoint = log.Sign(state);
        await observer.ReachedAsync(SequencerStep.CheckpointSigned, state.Size, ct);
        log.RecordSigned(state);
        await observer.ReachedAsync(SequencerStep.SigningRecorded, state.Size, ct);
        await transactions.MaintainAsync(
            async (transaction, token) =>
            {
                if (!await HeadStore.TryPublishAsync(transaction, state.Size, epoch, checkpoint, token))
                {
                    throw new LeaseLostException();
                }

                return true;
            },
            ct);
        log.Published.Raise();
        await observer.ReachedAsync(SequencerStep.CheckpointPublished, state.Size, ct);
    }

    /// <summary>Keeps the lease while there is nothing to append.</summary>
    public async Task RenewAsync(CancellationToken ct)
    {
        var isOurs = await transactions.MaintainAsync(
            (transaction, token) => LeaseStore.TryRenewAsync(transaction, holder, epoch, options.Lease, token), ct);
        if (!isOurs)
        {
            throw new LeaseLostException();
        }
    }

    private async Task SequenceAsync(List<IntakeRow> rows, CancellationToken ct)
    {
        var batch = LogBatch.Prepare(_tip, rows);
        await observer.ReachedAsync(SequencerStep.BatchPrepared, batch.Tip.Size, ct);
        await transactions.MaintainAsync((transaction, token) => AppendAsync(transaction, batch, token), ct);
        _tip = batch.Tip;
        await observer.ReachedAsync(SequencerStep.BatchCommitted, _tip.Size, ct);
        await PublishAsync(ct);
    }

    /// <summary>
    /// One attempt. The head goes first: when it does not move, nothing else is tried. That may also
    /// be the sight of our own commit, whose answer was lost.
    /// </summary>
    private async Task<bool> AppendAsync(NpgsqlTransaction transaction, LogBatch batch, CancellationToken ct)
    {
        var move = new HeadMove(epoch, _tip.Size, batch.Tip.Size, batch.Tip.State.Root);
        if (!await HeadStore.TryAdvanceAsync(transaction, move, options.Lease, ct))
        {
            var head = await HeadStore.ReadAsync(transaction.Connection!, ct);
            return head.Lease.Epoch != epoch ? throw new LeaseLostException()
                : head.Size == move.ToSize && head.Root.AsSpan().SequenceEqual(move.ToRoot) ? true
                : throw new LogFaultException(
                    $"The stored log has size {head.Size}, but this leader left it at {_tip.Size}: it was changed from outside.");
        }

        await observer.ReachedAsync(SequencerStep.HeadMoved, move.ToSize, ct);
        await LogAppend.WriteAsync(transaction, batch, ct);
        await observer.ReachedAsync(SequencerStep.EntriesWritten, move.ToSize, ct);
        return true;
    }
}
