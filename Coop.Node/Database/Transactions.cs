using System.Data;
using System.Security.Cryptography;
using Coop.Federation.Log;
using Coop.Node.Log;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>
/// The one place that opens transactions and tries them again. Thread-safe.
/// </summary>
/// <remarks>
/// A write runs SERIALIZABLE. On SQLSTATE 40001 the whole body runs again, with the same ids. A commit
/// whose outcome is unknown is resolved by asking for the operation's first event, and the next attempt
/// carries the same event id, so that at most one of them can ever commit.
/// </remarks>
public sealed class Transactions(
    NpgsqlDataSource dataSource, TimeProvider time, SequencerSignal sequencer, ILogger<Transactions> logger)
{
    /// <summary>Attempts before the caller is told that the node is busy.</summary>
    public const int MaxAttempts = 24;

    private const int MaxBackoffMs = 500;

    /// <summary>
    /// Runs a write that appends at least one event. When this returns, effect and events are durable;
    /// when it throws, there is neither.
    /// </summary>
    /// <exception cref="BusyException">No attempt got through; nothing was changed.</exception>
    public async Task<T> WriteAsync<T>(
        Func<WriteScope, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        var result = await RunAsync(new Operation(time.GetUtcNow()), body, ct);
        sequencer.Wake();
        return result;
    }

    /// <summary>
    /// Runs housekeeping that leaves no event and may safely happen twice (a sign count, a lease, an
    /// expired row). An action of a person never belongs here.
    /// </summary>
    public Task<T> MaintainAsync<T>(
        Func<NpgsqlTransaction, CancellationToken, Task<T>> body, CancellationToken ct) =>
        RunAsync(new Operation(time.GetUtcNow()), (scope, token) => body(scope.Transaction, token), ct);

    /// <summary>Runs a read on one connection, outside of any transaction.</summary>
    public async Task<T> ReadAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(ct);
                return await body(connection, ct);
            }
            catch (Exception e) when (MayTryAgain(e, attempt))
            {
                await BackOffAsync(attempt, e, ct);
            }
        }
    }

    private async Task<T> RunAsync<T>(
        Operation operation, Func<WriteScope, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        // The result of an attempt whose commit may have happened.
        (bool Exists, T Result) unresolved = default;
        for (var attempt = 1; ; attempt++)
        {
            var committing = false;
            (bool Exists, T Result) tried = default;
            try
            {
                if (unresolved.Exists && await WasCommittedAsync(operation, ct))
                {
                    return unresolved.Result;
                }

                await using var connection = await dataSource.OpenConnectionAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, ct);
                var scope = new WriteScope(transaction, operation);
                tried = (true, await body(scope, ct));
                if (scope.Events.Count > 0)
                {
                    await IntakeStore.WriteAsync(transaction, scope.Events, ct);
                }

                committing = true;
                // Never cancelled: a caller that hangs up must not make an outcome unknown.
                await transaction.CommitAsync(CancellationToken.None);
                return tried.Result;
            }
            catch (Exception e) when (committing && SqlStates.IsAmbiguousCommit(e) && attempt < MaxAttempts)
            {
                unresolved = tried;
                await BackOffAsync(attempt, e, CancellationToken.None);
            }
            catch (Exception e) when (MayTryAgain(e, attempt) || (unresolved.Exists && attempt < MaxAttempts))
            {
                // After an ambiguous commit every failure, a refusal too, may be the sight of our own
                // effect; the next round asks first.
                if (unresolved.Exists && !MayTryAgain(e, attempt) && !await WasCommittedAsync(operation, CancellationToken.None))
                {
                    throw;
                }

                await BackOffAsync(attempt, e, unresolved.Exists ? CancellationToken.None : ct);
            }
            catch (Exception e) when (SqlStates.IsRetryable(e) || SqlStates.IsConnectionLost(e))
            {
                throw new BusyException(e);
            }
        }
    }

    private async Task<bool> WasCommittedAsync(Operation operation, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        return await IntakeStore.WasWrittenAsync(connection, operation.EventId, ct);
    }

    private static bool MayTryAgain(Exception e, int attempt) =>
        attempt < MaxAttempts && (SqlStates.IsRetryable(e) || SqlStates.IsConnectionLost(e));

    private async Task BackOffAsync(int attempt, Exception e, CancellationToken ct)
    {
        var ceilingMs = Math.Min(MaxBackoffMs, 1 << Math.Min(attempt, 10));
        Logs.TransactionRetried(logger, attempt, (e as PostgresException)?.SqlState ?? e.GetType().Name);
        await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, ceilingMs + 1)), time, ct);
    }
}
