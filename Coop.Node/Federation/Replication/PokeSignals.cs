using System.Collections.Concurrent;

namespace Coop.Node.Federation.Replication;

/// <summary>Hints that a peer's log has grown; any number of them wake its follower once. Thread-safe.</summary>
public sealed class PokeSignals
{
    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> _signals = new();

    /// <summary>Hints that the log of that peering's other side has grown.</summary>
    public void Poke(Guid peeringId)
    {
        var signal = Of(peeringId);
        if (signal.CurrentCount == 0)
        {
            try
            {
                signal.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another hint came first.
            }
        }
    }

    /// <summary>Waits for a hint, but no longer than that.</summary>
    public Task WaitAsync(Guid peeringId, TimeSpan timeout, CancellationToken ct) => Of(peeringId).WaitAsync(timeout, ct);

    private SemaphoreSlim Of(Guid peeringId) => _signals.GetOrAdd(peeringId, _ => new SemaphoreSlim(0, 1));
}
