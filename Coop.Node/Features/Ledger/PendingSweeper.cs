using Coop.Ledger.Journals;
using Coop.Ledger.Pending;
using Coop.Node.Database;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// Ends pending journals whose time is over, for as long as the node runs. Each is its own write, which looks
/// again whether it is open; so several replicas may do this at once.
/// </summary>
internal sealed class PendingSweeper(
    Transactions transactions, TimeProvider time, ILogger<PendingSweeper> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string Node = "node";

    /// <summary>Ends those whose time is over, and tells how many.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var ids = await transactions.ReadAsync(
            (connection, token) => connection.Command(PendingStore.SelectExpired, time.GetUtcNow())
                .ListAsync(row => new JournalId(row.GetGuid(0)), token),
            ct);
        var ended = 0;
        foreach (var id in ids)
        {
            ended += await transactions.WriteAsync((scope, token) => EndAsync(scope, id, token), ct);
        }

        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Logs.PendingSweepFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<int> EndAsync(WriteScope scope, JournalId id, CancellationToken ct)
    {
        var pending = await PendingStore.FindAsync(scope.Transaction, id, ct);
        if (pending is not { State: PendingState.Pending } || !pending.IsOver(scope.Now))
        {
            return 0;
        }

        await PendingEnding.ReleaseAsync(scope, pending, PendingState.Expired, Node, null, ct);
        return 1;
    }
}
