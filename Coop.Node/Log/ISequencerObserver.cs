namespace Coop.Node.Log;

/// <summary>
/// Sees every step that the sequencer completes. Faults are injected here, and latency is measured
/// here. An exception ends the term as a crash would: everything in memory is thrown away.
/// </summary>
public interface ISequencerObserver
{
    /// <param name="step">The step that was completed.</param>
    /// <param name="size">The size of the log that the step works towards.</param>
    /// <param name="ct">The node stops.</param>
    ValueTask ReachedAsync(SequencerStep step, long size, CancellationToken ct);
}
