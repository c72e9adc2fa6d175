namespace Coop.Node.Federation;

/// <summary>Tells the messenger of this process that there are steps to send. Only a hint: it also looks by itself.</summary>
public sealed class MessengerSignal : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);

    private volatile bool _isUrgent;

    /// <summary>People want it sent now, whatever failed before.</summary>
    public void WakeNow()
    {
        _isUrgent = true;
        Wake();
    }

    /// <summary>Whether <see cref="WakeNow"/> was called since the last look.</summary>
    internal bool TakeUrgency()
    {
        var isUrgent = _isUrgent;
        _isUrgent = false;
        return isUrgent;
    }

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

    internal Task WaitAsync(TimeSpan timeout, CancellationToken ct) => _wake.WaitAsync(timeout, ct);
}
