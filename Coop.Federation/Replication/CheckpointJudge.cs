using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// Holds a checkpoint of a log, whoever showed it, against this node's verified copy of that log. It needs
/// nobody's help, so a log that shows one history here and another elsewhere is found out as soon as a
/// checkpoint from elsewhere gets here.
/// </summary>
public sealed class CheckpointJudge(IMirrorStore store)
{
    /// <param name="key">The log's pinned key.</param>
    /// <param name="note">A checkpoint.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="NoteException">It is damaged, of another log, or not signed by the key.</exception>
    public async Task<CheckpointVerdict> JudgeAsync(NoteKey key, SignedNote note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(note);
        var checkpoint = Checkpoint.Verify(note.Encode(), key);
        var state = await store.ReadAsync(key.Name, ct);
        if (state.Accepted is { } accepted && checkpoint.Size == state.AcceptedSize)
        {
            return Verdict(await Contradiction.FindAsync(key, note, accepted, Unneeded));
        }

        var tree = new MirroredTree(store, key.Name, state);
        return checkpoint.Size <= tree.Size && state.Complete is { } complete
            ? Verdict(await Contradiction.FindAsync(key, note, complete, path => tree.ReadAsync(path, ct)))
            : CheckpointVerdict.NotYetKnown;
    }

    private static CheckpointVerdict Verdict(EquivocationEvidence? evidence) =>
        evidence is null ? CheckpointVerdict.Continues : new CheckpointVerdict(true, evidence);

    private static Task<byte[]> Unneeded(Log.Tiles.TilePath path) => throw new InvalidOperationException();
}
