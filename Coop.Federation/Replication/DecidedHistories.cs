using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// Knows the histories of a log between which people have chosen (specs/evidence.md, What people decide): proofs
/// that only show them again have no consequences, all others do.
/// </summary>
/// <param name="choice">The last choice.</param>
/// <param name="current">The copy that is followed.</param>
/// <param name="aside">The copies that were kept aside.</param>
/// <param name="named">The texts of the checkpoints in the proofs about which people have decided.</param>
public sealed class DecidedHistories(
    HistoryChoice choice, IMirrorStore current, IReadOnlyList<IMirrorStore> aside, IReadOnlySet<string> named)
{
    /// <param name="IsSettled">Whether people have decided about what the proof shows.</param>
    /// <param name="Other">
    /// A checkpoint that is not of the refused history and still has to be held against the copy; null where there
    /// is none.
    /// </param>
    public sealed record Verdict(bool IsSettled, SignedNote? Other);

    /// <param name="evidence">Verified, and by the log's pinned key.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task<Verdict> JudgeAsync(EquivocationEvidence evidence, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var (smaller, larger) = choice == HistoryChoice.Kept
            ? (await IsOfAsync(current, evidence, evidence.Smaller, ct), await IsOfAsync(current, evidence, evidence.Larger, ct))
            : (await IsRefusedAsync(evidence, evidence.Smaller, ct), await IsRefusedAsync(evidence, evidence.Larger, ct));
        var other = (choice, smaller, larger) switch
        {
            (HistoryChoice.Served, true, false) => evidence.Larger,
            (HistoryChoice.Served, false, true) => evidence.Smaller,
            _ => null,
        };
        return new(smaller || larger, other);
    }

    // Whoever follows the history that is served now has given up the others, as far as they were seen.
    private async Task<bool> IsRefusedAsync(EquivocationEvidence evidence, SignedNote note, CancellationToken ct)
    {
        var isKnown = named.Contains(note.Text);
        for (var i = 0; !isKnown && i < aside.Count; i++)
        {
            isKnown = await IsOfAsync(aside[i], evidence, note, ct);
        }

        return isKnown && !await IsOfAsync(current, evidence, note, ct);
    }

    private static async Task<bool> IsOfAsync(
        IMirrorStore copy, EquivocationEvidence evidence, SignedNote note, CancellationToken ct) =>
        await new CheckpointJudge(copy).JudgeAsync(evidence.LogKey, note, ct) is { IsKnown: true, Evidence: null };
}
