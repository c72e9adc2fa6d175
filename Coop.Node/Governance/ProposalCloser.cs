using Coop.Node.Database;

namespace Coop.Node.Governance;

/// <summary>
/// Closes the proposals whose time has come, each in a transaction of its own. Any number may run at
/// once, on any number of replicas: the update finds an open proposal only once. Thread-safe.
/// </summary>
public sealed class ProposalCloser(Transactions transactions, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>Closes all that is due now.</summary>
    /// <returns>When the next one is due; null when none is open.</returns>
    public async Task<DateTimeOffset?> CloseDueAsync(CancellationToken ct)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var due = await transactions.ReadAsync(
                (connection, token) => ClosingStore.DueAsync(connection, now, BatchSize, token), ct);
            foreach (var id in due)
            {
                await CloseAsync(id, ct);
            }

            if (due.Count < BatchSize)
            {
                return await transactions.ReadAsync(ClosingStore.NextDueAsync, ct);
            }
        }
    }

    private Task<bool> CloseAsync(Guid id, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, token) =>
            {
                var count = await ClosingStore.CloseAsync(scope.Transaction, id, scope.Now, token);
                if (count is not null)
                {
                    scope.Append(ProposalEvents.Closed(id, count));
                }

                return count is not null;
            },
            ct);
}
