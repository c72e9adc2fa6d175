using Coop.Federation.Audit;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>The first half of a turn: the newest checkpoint is proven to continue the accepted one.</summary>
internal sealed class CheckpointAcceptance(
    LogFiles files, NoteKey key, IMirrorStore store, IReadOnlyList<SignedNote> refused)
{
    /// <summary>Either a tree whose entries may be copied, or how the turn ended.</summary>
    public sealed record Result(MirrorState State, ProvenTree? Tree, EquivocationEvidence? Evidence)
    {
        public FollowResult Ended(MirrorState before) => Evidence is null
            ? new FollowResult(FollowOutcome.Overtaken, before)
            : new FollowResult(FollowOutcome.Equivocation, before, Evidence: Evidence);
    }

    /// <exception cref="FollowRefusal">The checkpoint is none of this log, or what it commits to is not served.</exception>
    public async Task<Result> AcceptAsync(MirrorState state, CancellationToken ct)
    {
        var (checkpoint, note) = await FetchAsync(ct);
        if (state.Accepted is { } accepted && checkpoint.Size <= state.AcceptedSize)
        {
            return await CompareWithinAsync(state, accepted, checkpoint, note, ct);
        }

        var tree = await ProvenTree.OpenAsync(files, checkpoint, ct);
        if (state.Accepted is { } older && !await tree.ExtendsAsync(state.AcceptedEdge, ct))
        {
            return new Result(state, null, await ThirdHistoryAsync(checkpoint, note, tree, ct)
                ?? await ContradictionAsync(older, note, tree, ct)
                ?? throw new InvalidOperationException("A tree that does not extend another has the same first entries."));
        }

        return await StoreAsync(state, note, tree, ct);
    }

    private async Task<(Checkpoint Checkpoint, SignedNote Note)> FetchAsync(CancellationToken ct)
    {
        var bytes = await files.FetchCheckpointAsync(ct)
            ?? throw new FollowRefusal(new Finding(FindingCode.FileMissing, "The log has no checkpoint.", File: "checkpoint"));
        var reading = CheckpointReading.Read(bytes, key);
        if (reading.Fault is { } fault)
        {
            throw new FollowRefusal(fault);
        }

        return reading.Checkpoint!.Size <= LogEntry.MaxSeq + 1
            ? (reading.Checkpoint, reading.Note!)
            : throw new FollowRefusal(new Finding(
                FindingCode.CheckpointMalformed, $"No log has {reading.Checkpoint.Size} entries.", File: "checkpoint"));
    }

    // A checkpoint that is not newer than the accepted one is of the accepted tree, or of another history.
    private async Task<Result> CompareWithinAsync(
        MirrorState state, SignedNote accepted, Checkpoint checkpoint, SignedNote note, CancellationToken ct)
    {
        var tree = new ProvenTree(files, state.AcceptedEdge);
        var verdict = await new CheckpointJudge(store).JudgeAsync(key, note, ct);
        var evidence = verdict.IsKnown ? verdict.Evidence : await ContradictionAsync(note, accepted, tree, ct);
        if (evidence is null && checkpoint.Size < state.AcceptedSize)
        {
            throw new FollowRefusal(Finding.At(
                checkpoint.Size,
                FindingCode.LogShrank,
                $"The log shows {checkpoint.Size} entries and had shown {state.AcceptedSize}.",
                "checkpoint"));
        }

        return new Result(state, evidence is null ? tree : null, evidence);
    }

    private async Task<Result> StoreAsync(MirrorState state, SignedNote note, ProvenTree tree, CancellationToken ct)
    {
        var next = state with
        {
            Accepted = note,
            AcceptedEdge = tree.Edge,
            Complete = tree.Size == state.Size ? note : state.Complete,
        };
        return await store.TryAcceptAsync(key.Name, next, ct)
            ? new Result(next with { Version = state.Version + 1 }, tree, null)
            : new Result(state, null, null);
    }

    // Null where it continues a history that is refused already, or reaches less far than those.
    private async Task<EquivocationEvidence?> ThirdHistoryAsync(
        Checkpoint checkpoint, SignedNote note, ProvenTree tree, CancellationToken ct)
    {
        EquivocationEvidence? found = null;
        foreach (var known in refused.Where(r => Checkpoint.Parse(r.Text).Size <= checkpoint.Size))
        {
            if (await ContradictionAsync(known, note, tree, ct) is not { } evidence)
            {
                return null;
            }

            found ??= evidence;
        }

        return found;
    }

    private Task<EquivocationEvidence?> ContradictionAsync(
        SignedNote smaller, SignedNote larger, ProvenTree tree, CancellationToken ct) =>
        Contradiction.FindAsync(key, smaller, larger, path => tree.TileAsync(path.Level, path.Index, ct));
}
