namespace Coop.Node.Log;

/// <summary>Nobody watches: production.</summary>
internal sealed class UnobservedSequencer : ISequencerObserver
{
    public ValueTask ReachedAsync(SequencerStep step, long size, CancellationToken ct) => ValueTask.CompletedTask;
}
