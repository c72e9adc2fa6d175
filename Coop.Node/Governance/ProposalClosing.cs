namespace Coop.Node.Governance;

/// <summary>
/// Runs the closer when a proposal is due: it sleeps until then, until a proposal is opened here, or
/// until the next poll, whichever comes first.
/// </summary>
public sealed class ProposalClosing(
    ProposalCloser closer, ClosingSignal signal, TimeProvider time, ILogger<ProposalClosing> logger)
    : BackgroundService
{
    /// <summary>How late a proposal that another replica opened may be noticed here; that replica is not.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var pause = await RunOnceAsync(stoppingToken);
                await signal.WaitAsync(pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<TimeSpan> RunOnceAsync(CancellationToken ct)
    {
        try
        {
            return UntilNext(await closer.CloseDueAsync(ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Whatever it was, proposals still have to close: a database that is away comes back.
            Logs.ClosingFailed(logger, e);
            return PauseAfterFailure;
        }
    }

    private TimeSpan UntilNext(DateTimeOffset? nextDue)
    {
        var pause = nextDue - time.GetUtcNow() ?? PollInterval;
        return pause > PollInterval ? PollInterval
            : pause > TimeSpan.Zero ? pause
            : TimeSpan.Zero;
    }
}
