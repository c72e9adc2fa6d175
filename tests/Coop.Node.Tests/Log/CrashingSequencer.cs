using Coop.Node.Log;

namespace Coop.Node.Tests.Log;

/// <summary>
/// A sequencer that dies at the first, third and fifth time it comes to a step, and begins again from
/// what is stored.
/// </summary>
internal sealed class CrashingSequencer(SequencerStep at) : ISequencerObserver
{
    private const int LastCrash = 5;
    private int _reached;

    public ValueTask ReachedAsync(SequencerStep step, long size, CancellationToken ct) =>
        step == at && Interlocked.Increment(ref _reached) is var n && n <= LastCrash && n % 2 == 1
            ? throw new InvalidOperationException($"The test kills the sequencer at {step}.")
            : ValueTask.CompletedTask;
}
