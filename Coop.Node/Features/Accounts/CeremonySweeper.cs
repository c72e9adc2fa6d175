using Coop.Node.Database;

namespace Coop.Node.Features.Accounts;

/// <summary>Deletes the marks of used ceremonies once those have expired.</summary>
internal sealed class CeremonySweeper(
    Transactions transactions, TimeProvider time, ILogger<CeremonySweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await transactions.MaintainAsync(
                    (t, ct) => CeremonyStore.DeleteExpiredAsync(t, time.GetUtcNow(), ct), stoppingToken);
            }
            catch (Exception e) when (e is BusyException or Npgsql.NpgsqlException)
            {
                Logs.SweepFailed(logger, e);
            }
        }
    }
}
