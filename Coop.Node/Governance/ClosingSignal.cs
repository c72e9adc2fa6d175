using System.Threading.Channels;

namespace Coop.Node.Governance;

/// <summary>
/// Tells this process's closer that a proposal was opened. Only a hint: other replicas' proposals are
/// found by polling. Thread-safe.
/// </summary>
public sealed class ClosingSignal(TimeProvider time)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Returns at a wake-up, or after <paramref name="timeout"/>.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken ct)
    {
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var wake = _wake.Reader.WaitToReadAsync(woken.Token).AsTask();
        var pause = Task.Delay(timeout, time, woken.Token);
        await Task.WhenAny(wake, pause);
        await woken.CancelAsync();
        ct.ThrowIfCancellationRequested();
        _wake.Reader.TryRead(out _);
    }
}
