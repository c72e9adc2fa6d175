using Coop.Ledger.Reports;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>
/// Takes postings into the balances of days, in the background, a few thousand at a time. Reports are right
/// without it, only slower; several replicas may run it at once (docs/decisions/0010-balances-as-of.md).
/// </summary>
public sealed class DaySweep(Transactions transactions, TimeProvider time, ILogger<DaySweep> logger) : BackgroundService
{
    /// <summary>An account is left alone until it has so many: a report adds up fewer by itself.</summary>
    public const int LeastPostings = 16;

    /// <summary>Accounts in one transaction.</summary>
    private const int MaxAccounts = 200;

    /// <summary>Postings in one transaction.</summary>
    private const int MaxPostings = 20_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Sweeps once; answers how many postings were taken in.</summary>
    public async Task<long> SweepAsync(CancellationToken ct)
    {
        var found = await transactions.ReadAsync(
            (connection, token) => DaySweepStore.FindAsync(connection, LeastPostings, MaxAccounts, token), ct);
        var due = Bounded(found);
        return due.Count == 0
            ? 0
            : await transactions.MaintainAsync((transaction, token) => DaySweepStore.SweepAsync(transaction, due, token), ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SweepAsync(stoppingToken) == 0)
                {
                    await Task.Delay(Pause, time, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, nothing is lost: what was not swept is still there.
                Logs.DaySweepFailed(logger, e);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static List<Unswept> Bounded(List<Unswept> found)
    {
        var due = new List<Unswept>();
        var left = (long)MaxPostings;
        foreach (var account in found.TakeWhile(_ => left > 0))
        {
            var take = Math.Min(left, account.LastSeq - account.SweptSeq);
            due.Add(account with { LastSeq = account.SweptSeq + take });
            left -= take;
        }

        return due;
    }
}
