using Coop.Node.Log;

namespace Coop.Node.Tests.Log;

/// <summary>A sequencer that falls asleep at a step, as a paused process would, until it is woken.</summary>
internal sealed class StalledSequencer(SequencerStep at) : ISequencerObserver
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the step is reached.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Goes on, with whatever it held.</summary>
    public void WakeUp() => _woken.TrySetResult();

    public async ValueTask ReachedAsync(SequencerStep step, long size, CancellationToken ct)
    {
        if (step == at)
        {
            _reached.TrySetResult();
            await _woken.Task.WaitAsync(ct);
        }
    }
}
