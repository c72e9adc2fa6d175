namespace Coop.Node.Log;

/// <summary>
/// Tells this process's background work that a checkpoint was published. Only a hint: what another replica
/// publishes is not told. Thread-safe, for any number of listeners.
/// </summary>
public sealed class CheckpointSignal
{
    private TaskCompletionSource _next = NewSource();

    /// <summary>Completes at the next checkpoint. Take it before you look at what is published.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).SetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
