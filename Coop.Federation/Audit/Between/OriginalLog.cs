using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;

namespace Coop.Federation.Audit.Between;

/// <summary>
/// A log as it shows itself to the auditor, to hold against what others have of it: the audited checkpoint, or
/// a newer one where others have seen more. Each tile is proven before it is used, and one a level is kept.
/// Not thread-safe.
/// </summary>
internal sealed class OriginalLog(ILogSource source, NoteKey key, SignedNote audited)
{
    private readonly LogFiles _files = new(source);
    private SignedNote _note = audited;
    private ProvenTree? _tree;

    /// <summary>Holds a checkpoint that carries this log's signature against the log.</summary>
    /// <param name="claimed">The checkpoint.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="FollowRefusal">The log is not served as it is signed.</exception>
    /// <exception cref="AuditImpossibleException">It does not answer.</exception>
    public async Task<Comparison> CompareAsync(SignedNote claimed, CancellationToken ct)
    {
        var size = Checkpoint.Parse(claimed.Text).Size;
        var tree = _tree ??= await OpenAsync(_note, ct);
        if (size > tree.Size && await RefreshAsync(ct) is { } own)
        {
            return Comparison.Of(own);
        }

        tree = _tree!;
        return size > tree.Size
            ? Comparison.Withheld(tree.Size)
            : Comparison.Of(await Contradiction.FindAsync(key, claimed, _note, Read(tree, ct)));
    }

    /// <summary>The first entry that is another than in a tree whose checkpoint contradicts this log.</summary>
    public async Task<long> FirstDifferenceAsync(ILogSource other, SignedNote claimed, CancellationToken ct)
    {
        var tree = _tree ??= await OpenAsync(_note, ct);
        var theirs = await ProvenTree.OpenAsync(new LogFiles(other), Checkpoint.Parse(claimed.Text), ct);
        return await TreeDifference.FirstAsync(Math.Min(tree.Size, theirs.Size), Read(tree, ct), Read(theirs, ct));
    }

    private static Func<TilePath, Task<byte[]>> Read(ProvenTree tree, CancellationToken ct) =>
        path => tree.TileAsync(path.Level, path.Index, ct);

    private Task<ProvenTree> OpenAsync(SignedNote note, CancellationToken ct) =>
        ProvenTree.OpenAsync(_files, Checkpoint.Parse(note.Text), ct);

    // Goes on to the newest checkpoint; answers the proof where that contradicts the one so far.
    private async Task<EquivocationEvidence?> RefreshAsync(CancellationToken ct)
    {
        var bytes = await _files.FetchCheckpointAsync(ct);
        var reading = bytes is null ? null : CheckpointReading.Read(bytes, key);
        if (reading?.Note is not { } note || reading.Checkpoint!.Size <= _tree!.Size)
        {
            return null;
        }

        var tree = await OpenAsync(note, ct);
        if (await Contradiction.FindAsync(key, _note, note, Read(tree, ct)) is { } evidence)
        {
            return evidence;
        }

        (_note, _tree) = (note, tree);
        return null;
    }
}

/// <summary>What comes of holding a signed checkpoint against the log that signed it.</summary>
/// <param name="Evidence">The proof of two histories; null where there are none.</param>
/// <param name="ShownSize">Where the log shows fewer entries than the checkpoint has: how many; else null.</param>
internal sealed record Comparison(EquivocationEvidence? Evidence, long? ShownSize)
{
    public bool Agrees => Evidence is null && ShownSize is null;

    public static Comparison Of(EquivocationEvidence? evidence) => new(evidence, null);

    public static Comparison Withheld(long shownSize) => new(null, shownSize);
}
