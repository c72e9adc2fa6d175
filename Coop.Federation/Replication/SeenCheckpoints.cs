using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// The one place to which every checkpoint of another log comes, whoever showed it: that log itself, a node
/// that wrote it into its own log, or somebody who wants it witnessed. It is held against this node's copy,
/// and against the others that were seen; a log that shows different histories to different people is found
/// out where these meet. Thread-safe.
/// </summary>
public sealed class SeenCheckpoints(IMirrorStore mirrors, IPendingCheckpoints pending)
{
    /// <summary>
    /// Checkpoints of one log that are kept until the copy has grown. When there are as many, a smaller one
    /// takes the place of the largest: it can be judged sooner.
    /// </summary>
    public const int MaxPending = 16;

    private readonly CheckpointJudge _judge = new(mirrors);

    /// <summary>Takes note of a checkpoint.</summary>
    /// <param name="key">The log's pinned key.</param>
    /// <param name="note">The checkpoint.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The proof that the log signed two histories; null where nothing speaks for that.</returns>
    /// <exception cref="NoteException">It is damaged, of another log, or not signed by the key.</exception>
    public async Task<EquivocationEvidence?> ReportAsync(NoteKey key, SignedNote note, CancellationToken ct)
    {
        var verdict = await _judge.JudgeAsync(key, note, ct);
        if (verdict.IsKnown)
        {
            return verdict.Evidence;
        }

        var size = SizeOf(note);
        var kept = await pending.ListAsync(key.Name, ct);
        if (kept.FirstOrDefault(n => SizeOf(n) == size) is { } other)
        {
            return await Contradiction.FindAsync(key, note, other, _ => throw new InvalidOperationException());
        }

        if (kept.Count >= MaxPending)
        {
            var largest = kept.MaxBy(SizeOf)!;
            if (SizeOf(largest) < size)
            {
                return null;
            }

            await pending.RemoveAsync(key.Name, largest, ct);
        }

        await pending.AddAsync(key.Name, note, ct);
        return null;
    }

    /// <summary>Judges what was kept, after the copy has grown; what belongs to its history is dropped.</summary>
    /// <returns>
    /// The checkpoint that does not, with the proof; it stays until it is settled. Null where there is none.
    /// </returns>
    public async Task<(SignedNote Note, EquivocationEvidence Evidence)?> ReviewAsync(NoteKey key, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (var note in await pending.ListAsync(key.Name, ct))
        {
            var verdict = await _judge.JudgeAsync(key, note, ct);
            if (verdict.Evidence is { } evidence)
            {
                return (note, evidence);
            }

            if (verdict.IsKnown)
            {
                await pending.RemoveAsync(key.Name, note, ct);
            }
        }

        return null;
    }

    /// <summary>Drops a checkpoint that <see cref="ReviewAsync"/> answered, once its proof is stored.</summary>
    public Task SettleAsync(NoteKey key, SignedNote note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        return pending.RemoveAsync(key.Name, note, ct);
    }

    private static long SizeOf(SignedNote note) => Checkpoint.Parse(note.Text).Size;
}
