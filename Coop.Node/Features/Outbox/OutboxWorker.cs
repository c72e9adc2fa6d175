namespace Coop.Node.Features.Outbox;

/// <summary>Sends what peers are to be told, for as long as the node runs.</summary>
internal sealed class OutboxWorker(OutboxSender sender, OutboxSignal signal, ILogger<OutboxWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // By the machine's own timer, as a test's clock may stand still.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await sender.SendDueAsync(stoppingToken) == OutboxSender.BatchSize)
                {
                    continue;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Logs.OutboxFailed(logger, e);
            }

            await signal.WaitAsync(Interval, stoppingToken);
        }
    }
}
