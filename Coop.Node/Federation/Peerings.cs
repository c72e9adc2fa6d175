using System.Diagnostics;
using Coop.Federation.Peering;
using Coop.Node.Database;

namespace Coop.Node.Federation;

/// <summary>
/// Whom this node is peered with. Reads are at most <see cref="MaxAge"/> old, also after a change by another
/// process. Thread-safe.
/// </summary>
public sealed class Peerings(Transactions transactions, PeeringBook book)
{
    /// <summary>By the machine's clock, whatever clock the node was given.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private volatile Kept? _kept;

    /// <summary>All that have not ended, also those that are only proposed.</summary>
    public async Task<IReadOnlyList<Peering>> ListAsync(CancellationToken ct)
    {
        if (_kept is { } kept && Stopwatch.GetElapsedTime(kept.ReadAt) < MaxAge)
        {
            return kept.All;
        }

        var readAt = Stopwatch.GetTimestamp();
        var records = await transactions.ReadAsync(PeeringStore.ListOpenAsync, ct);
        var all = records.ConvertAll(r => r.ToPeering());
        _kept = new Kept(all, readAt);
        return all;
    }

    /// <summary>The peering with that node that has not ended.</summary>
    public async Task<Peering?> FindAsync(string did, CancellationToken ct) =>
        (await ListAsync(ct)).FirstOrDefault(p => p.Peer.Did == did);

    /// <summary>The peering with the node of that log; one that is in force before one that is only proposed.</summary>
    public async Task<Peering?> FindByOriginAsync(string logOrigin, CancellationToken ct) =>
        (await ListAsync(ct)).Where(p => p.Peer.LogOrigin == logOrigin)
            .MinBy(p => p.State is PeeringState.Proposed or PeeringState.Accepted);

    /// <summary>
    /// Freezes a peering because of evidence, with its event <c>peering.frozen</c>, in the caller's write. One that
    /// has not begun, has ended or is frozen already stays as it is.
    /// </summary>
    /// <param name="scope">The write.</param>
    /// <param name="peeringId">Which.</param>
    /// <param name="reason">What the log and the peer are told; no personal data.</param>
    /// <param name="ct">Cancels the attempt.</param>
    public async Task FreezeAsync(WriteScope scope, Guid peeringId, string reason, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var record = await PeeringStore.FindAsync(scope.Connection, peeringId, ct);
        if (record is { Standing: { IsEnded: false, Version: > 0, OurHold: not PeeringHold.Frozen } })
        {
            await book.TakeAsync(scope, record, new OwnStep(PeeringStep.Frozen) { Reason = reason }, PeeringBook.Node, ct);
        }

        Forget();
    }

    /// <summary>Lets the next read see what this process has just changed.</summary>
    public void Forget() => _kept = null;

    private sealed record Kept(IReadOnlyList<Peering> All, long ReadAt);
}
