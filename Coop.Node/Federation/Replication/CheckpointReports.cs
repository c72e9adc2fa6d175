using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Node.Log;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Where every part of the node leaves the checkpoints of other logs that it comes by. What contradicts the
/// copy becomes evidence at once. Thread-safe.
/// </summary>
public sealed class CheckpointReports(SeenCheckpoints seen, KnownLogs logs, EvidenceDesk desk, NodeLog own)
{
    /// <summary>Takes a checkpoint; one that is damaged, or of a log that is not known here, is passed over.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="note">The checkpoint.</param>
    /// <param name="ct">Ends the wait.</param>
    public async Task ReportAsync(string origin, SignedNote note, CancellationToken ct)
    {
        if (origin == own.Origin)
        {
            // A later or another checkpoint of ours than we know stops signing: the database was put back.
            await own.CompareAsync(note, "a peer", ct);
            return;
        }

        if (await logs.FindKeyAsync(origin, ct) is not { } key)
        {
            return;
        }

        try
        {
            if (await seen.ReportAsync(key, note, ct) is { } evidence)
            {
                await desk.TakeOwnAsync(evidence, ct);
            }
        }
        catch (NoteException)
        {
            // Nobody signed it; it says nothing about the log.
        }
    }

    /// <summary>Judges what waited for the copy to grow.</summary>
    public async Task ReviewAsync(NoteKey key, CancellationToken ct)
    {
        while (await seen.ReviewAsync(key, ct) is var (note, evidence))
        {
            await desk.TakeOwnAsync(evidence, ct);
            await seen.SettleAsync(key, note, ct);
        }
    }
}
