using Coop.Federation.Log.Notes;

namespace Coop.Federation.Replication;

/// <summary>
/// When a node writes the checkpoint of another log into its own, so that the two histories are entangled.
/// </summary>
/// <remarks>
/// Only when the other log has gained something else than such entries: or two nodes at rest would answer each
/// other for ever.
/// </remarks>
public static class EntanglingRule
{
    /// <summary>The checkpoint to write now; null where there is nothing to say, or not yet.</summary>
    /// <param name="state">The copy of the other log.</param>
    /// <param name="last">What was written last; null when nothing was.</param>
    /// <param name="now">The time.</param>
    /// <param name="interval">The least time between two about one log.</param>
    public static SignedNote? ToRecord(
        MirrorState state, RecordedCheckpoint? last, DateTimeOffset now, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(state);
        var isWhole = state.Complete is { } note && Checkpoint.Parse(note.Text).Size == state.Size;
        var isNew = state.LastOther >= (last?.Size ?? 0);
        return isWhole && isNew && (last is null || now - last.At >= interval) ? state.Complete : null;
    }
}
