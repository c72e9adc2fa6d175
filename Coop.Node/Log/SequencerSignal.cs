namespace Coop.Node.Log;

/// <summary>Tells the sequencer of this process that intake rows were committed. Only a hint: it also polls.</summary>
public sealed class SequencerSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // Someone else woke it in between.
            }
        }
    }

    public void Dispose() => _wake.Dispose();

    /// <summary>Returns at a wake-up, or after <paramref name="timeout"/>.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken ct) => _wake.WaitAsync(timeout, ct);
}
