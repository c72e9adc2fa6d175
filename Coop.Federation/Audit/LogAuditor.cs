using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;

namespace Coop.Federation.Audit;

/// <summary>
/// Checks a whole log against its signed checkpoint, believing nothing that it is told: every entry,
/// chain link, tile, root and signature. The steps and codes are those of specs/log-audit.md.
/// </summary>
/// <remarks>
/// Streams: memory does not grow with the log, but for 32 bytes per 256 entries that the state keeps. The
/// checkpoint is read once at the start, so the log may grow meanwhile.
/// </remarks>
/// <param name="source">The log's files.</param>
/// <param name="key">The key to hold it to; its name is the log's origin.</param>
/// <param name="remembered">What an earlier audit remembers; must be whole and of the same key.</param>
/// <param name="chronicle">
/// Receives what the entries tell of. With it every entry is fetched, also those that an earlier audit saw.
/// </param>
public sealed class LogAuditor(
    ILogSource source, NoteKey key, AuditState? remembered = null, LogChronicle? chronicle = null)
{
    private readonly LogFiles _files = new(source);
    private readonly HistoryRecorder _recorder = new(chronicle is null ? remembered : null);
    private long _entries;

    /// <summary>Audits once; make a new auditor for the next time.</summary>
    /// <exception cref="AuditImpossibleException">The log did not answer.</exception>
    public async Task<AuditReport> AuditAsync(IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        // 1. The checkpoint, and who signed it.
        var served = await _files.FetchCheckpointAsync(ct)
            ?? throw new AuditImpossibleException("The log has no checkpoint.");
        var reading = CheckpointReading.Read(served, key);

        // 2. What it says against what the earlier audit remembers.
        var fault = reading.Fault ?? Shrinkage(reading.Checkpoint!);
        if (fault is not null)
        {
            return Report(reading, fault, null);
        }

        // 3. Entries, chain, tiles and root.
        var checkpoint = reading.Checkpoint!;
        var evidence = new Evidence(Start?.EdgeOfFullTiles() ?? new TreeEdge(), remembered);
        var upper = new UpperTiles(_files);
        var unreadable = await WalkAsync(checkpoint, evidence, upper, progress, ct);

        // 4. The verdict.
        var finding = await JudgeAsync(checkpoint, evidence, upper, unreadable, ct);
        return Report(reading, finding, evidence.Served);
    }

    // Where the walk begins.
    private AuditState? Start => chronicle is null ? remembered : null;

    private Finding? Shrinkage(Checkpoint checkpoint) => checkpoint.Size < remembered?.Checkpoint.Size
        ? Finding.At(
            checkpoint.Size,
            FindingCode.LogShrank,
            $"The log has {checkpoint.Size} entries; the earlier audit saw {remembered.Checkpoint.Size}. Entry {checkpoint.Size} is the first that is gone.",
            "checkpoint")
        : null;

    // Reads the bundles in order; answers the fault at which reading had to stop.
    private async Task<Finding?> WalkAsync(
        Checkpoint checkpoint, Evidence evidence, UpperTiles upper, IProgress<AuditProgress>? progress, CancellationToken ct)
    {
        var firstBundle = Start?.FullTiles ?? 0;
        var bundles = new BundleReader(_files, checkpoint.Origin, checkpoint.Size, chronicle is not null, chronicle?.WithBooks ?? false);
        BundleReading? pending = null;
        await foreach (var reading in bundles.ReadAsync(firstBundle, ct))
        {
            // A bundle is weighed when the next one is there, which names the hash of its last entry.
            await WeighAsync(pending, reading, evidence, upper, ct);
            pending = reading;
            _entries += reading.Count;
            progress?.Report(new AuditProgress(_entries, checkpoint.Size - (firstBundle * TilePath.FullWidth)));
            if (reading.Fault is not null)
            {
                break;
            }
        }

        await WeighAsync(pending, null, evidence, upper, ct);
        return pending?.Fault;
    }

    private async Task WeighAsync(
        BundleReading? reading, BundleReading? next, Evidence evidence, UpperTiles upper, CancellationToken ct)
    {
        if (reading is null)
        {
            return;
        }

        upper.Note(reading.TileFault);
        chronicle?.Add(reading.Chronicle!);
        var completed = new List<FullTile>();
        evidence.Add(reading, next, completed);
        foreach (var tile in completed)
        {
            _recorder.Add(tile);
            await upper.CompareAsync(tile, ct);
        }
    }

    private async Task<Finding?> JudgeAsync(
        Checkpoint checkpoint, Evidence evidence, UpperTiles upper, Finding? unreadable, CancellationToken ct)
    {
        if (unreadable is not null)
        {
            return await CompareHistoryAsync(checkpoint, ct) ?? evidence.Likeliest(null) ?? unreadable;
        }

        if (evidence.Served.Root().AsSpan().SequenceEqual(checkpoint.Root.Span))
        {
            await upper.ComparePartialAsync(evidence.Served, ct);
            var rewritten = remembered is null || _recorder.Continues(remembered) ? null : await CompareHistoryAsync(checkpoint, ct);
            return new[] { evidence.Proven(checkpoint), upper.First, rewritten }.Where(f => f is not null).MinBy(f => f!.Entry);
        }

        return evidence.Proven(checkpoint)
            ?? await CompareHistoryAsync(checkpoint, ct)
            ?? evidence.Likeliest(checkpoint.Size)
            ?? RootMismatch(checkpoint);
    }

    private async Task<Finding?> CompareHistoryAsync(Checkpoint checkpoint, CancellationToken ct) =>
        remembered is null ? null : await new HistoryComparison(_files, remembered).FindAsync(checkpoint.Size, ct);

    // Every link holds, so if the last entry were as signed, all would be, and so would the root.
    private static Finding RootMismatch(Checkpoint checkpoint) => checkpoint.Size == 0
        ? new Finding(FindingCode.RootMismatch, "The root of the empty log is not the empty tree's.", File: "checkpoint")
        : new Finding(
            FindingCode.RootMismatch,
            $"The entries do not lead to the signed root. Their chain holds, so the last, entry {checkpoint.Size - 1}, is not the one that was signed; about those before it nothing is proven.",
            checkpoint.Size - 1,
            checkpoint.Size - 1,
            "checkpoint");

    private AuditReport Report(CheckpointReading reading, Finding? finding, TreeEdge? tree) => new(
        key,
        reading.Checkpoint,
        reading.Note,
        remembered?.Note,
        _entries,
        _files.Bundles,
        _files.Tiles,
        finding,
        finding is null && tree is not null ? _recorder.ToState(key, reading.Note!, tree) : null);
}
