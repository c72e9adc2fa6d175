using Coop.Node.Features.Commons;

namespace Coop.Node.Features.Claims;

/// <summary>Deletes what others gave when its time is over, for as long as the node runs.</summary>
internal sealed class ClaimSweeper(ClaimSweep sweep, CommonsRetention retention, TimeProvider time, ILogger<ClaimSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
                await retention.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Logs.ClaimSweepFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
