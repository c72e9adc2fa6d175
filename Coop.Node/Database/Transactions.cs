using System.Data;
using System.Runtime.ExceptionServices;
using Coop.Federation.Log;
using Coop.Node.Log;
using Npgsql;

namespace Coop.Node.Database;

/// <summary>
/// The one place that opens transactions and tries them again. Thread-safe.
/// </summary>
/// <remarks>
/// A write runs SERIALIZABLE. On SQLSTATE 40001 the whole body runs again, with the same ids. A commit
/// whose outcome is unknown is resolved by asking for the operation's first event. Every attempt carries
/// the same event id, so at most one of them can ever commit.
/// <para>
/// Round trips: BEGIN travels with the body's first statement; what was deferred, the events and COMMIT
/// travel together. A body of one statement costs two.
/// </para>
/// </remarks>
public sealed class Transactions(
    NpgsqlDataSource dataSource, TimeProvider time, SequencerSignal sequencer, ILogger<Transactions> logger)
{
    /// <summary>
    /// The key of the instance whose connections requests cannot use up, for the sequencer and the writers of
    /// groups.
    /// </summary>
    public const string Workers = "workers";

    /// <summary>Attempts before the caller is told that the node is busy.</summary>
    public const int MaxAttempts = 32;

    /// <summary>Attempts of a write whose row another had written first; then it is a fault of the write.</summary>
    internal const int MaxLooks = 4;

    /// <summary>No further attempt begins after this time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How often and how long an operation is tried; for tests, which have no patience.</summary>
    internal Func<RetryBudget> NewBudget { get; init; } = () => new RetryBudget(MaxAttempts, Patience);

    /// <summary>
    /// Runs a write that appends at least one event, unless it finds that nothing is to be changed.
    /// When this returns, effect and events are durable; when it throws, there is neither.
    /// </summary>
    /// <exception cref="BusyException">No attempt got through; nothing was changed.</exception>
    /// <exception cref="UnknownOutcomeException">
    /// COMMIT was sent and the database has been out of reach since.
    /// </exception>
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
        Func<NpgsqlTransaction, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        return RunAsync(
            new Operation(time.GetUtcNow()), (scope, token) => body(scope.Transaction, token), ct);
    }

    /// <summary>Runs a read on one connection, outside of any transaction; it may run several times.</summary>
    public async Task<T> ReadAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        var budget = NewBudget();
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(ct);
                return await body(connection, ct);
            }
            catch (Exception e) when (SqlStates.MayPass(e))
            {
                await BackOffAsync(budget, e, ct);
            }
        }
    }

    /// <summary>
    /// Runs a read of several statements that all see the books as of one moment. Not tried again: what was read may
    /// be on its way to somebody already.
    /// </summary>
    public async Task<T> SnapshotAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        await using var connection = await dataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await body(connection, ct);
    }

    private async Task<T> RunAsync<T>(
        Operation operation, Func<WriteScope, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        var budget = NewBudget();
        while (true)
        {
            var attempt = await TryAsync(operation, body, ct);
            if (attempt is { Fate: Fate.Unknown, Mark: not null })
            {
                return await ResolveAsync(operation, body, attempt, budget);
            }

            if (attempt.Fate == Fate.Committed)
            {
                return attempt.Result;
            }

            // An unknown fate without events is housekeeping, which may happen twice.
            var looksAgain = budget.Attempt < MaxLooks && SqlStates.IsUniqueViolation(attempt.Failure!);
            if (attempt.Fate == Fate.RolledBack && !looksAgain && !SqlStates.MayPass(attempt.Failure!))
            {
                ExceptionDispatchInfo.Throw(attempt.Failure!);
            }

            await BackOffAsync(budget, attempt.Failure!, ct);
        }
    }

    /// <summary>
    /// Goes on after a commit of unknown outcome: answers with that attempt's result where it was
    /// committed after all, else tries again. Not cancelled by a caller who hangs up.
    /// </summary>
    private async Task<T> ResolveAsync<T>(
        Operation operation,
        Func<WriteScope, CancellationToken, Task<T>> body,
        Attempt<T> unknown,
        RetryBudget budget)
    {
        List<Attempt<T>> open = [unknown];
        var failure = unknown.Failure!;
        while (!budget.IsSpent)
        {
            Logs.CommitUncertain(logger, budget.Attempt, Describe(failure));
            await budget.BackOffAsync(CancellationToken.None);
            try
            {
                if (await FindSaltAsync(operation) is { } salt)
                {
                    return Committed(open, salt);
                }
            }
            catch (Exception e) when (SqlStates.MayPass(e))
            {
                failure = e;
                continue;
            }

            var next = await TryAsync(operation, body, CancellationToken.None);
            switch (next)
            {
                case { Fate: Fate.Committed, Mark: not null }:
                    return next.Result;
                case { Fate: Fate.Committed }:
                    // It found nothing to do: perhaps at the sight of its own effect.
                    return await WithdrawAsync(operation, open, () => next.Result);
                case { Fate: Fate.Unknown, Mark: not null }:
                    open.Add(next);
                    break;
                case { Fate: Fate.RolledBack } when !SqlStates.MayPass(next.Failure!):
                    return await WithdrawAsync(operation, open, () => Throw<T>(next.Failure!));
            }

            failure = next.Failure!;
        }

        return await WithdrawAsync(operation, open, () => throw new BusyException(failure));
    }

    /// <summary>
    /// Before the caller hears anything but an open attempt's own result, those attempts are made unable
    /// to commit: one may still be on its way, in a buffer or in the server.
    /// </summary>
    private async Task<T> WithdrawAsync<T>(Operation operation, List<Attempt<T>> open, Func<T> otherwise)
    {
        var budget = NewBudget();
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync();
                await IntakeStore.WithdrawAsync(connection, operation.EventId, CancellationToken.None);
                var salt = await IntakeStore.FindSaltAsync(connection, operation.EventId, CancellationToken.None);
                if (open.Exists(attempt => attempt.IsMarkedBy(salt)))
                {
                    return Committed(open, salt!);
                }

                break;
            }
            catch (Exception e) when (SqlStates.MayPass(e))
            {
                if (budget.IsSpent)
                {
                    throw new UnknownOutcomeException(e);
                }

                await budget.BackOffAsync(CancellationToken.None);
            }
        }

        return otherwise();
    }

    private async Task<Attempt<T>> TryAsync<T>(
        Operation operation, Func<WriteScope, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        var committing = false;
        ReadOnlyMemory<byte>? mark = null;
        T result = default!;
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, ct);
            var scope = new WriteScope(transaction, operation);
            result = await body(scope, ct);
            mark = scope.Events.Count > 0 ? scope.Events[0].Salt : null;
            ct.ThrowIfCancellationRequested();
            committing = true;
            await scope.CommitAsync();
            return new(Fate.Committed, result, mark, null);
        }
        catch (Exception e)
        {
            var fate = committing && SqlStates.IsAmbiguousCommit(e) ? Fate.Unknown : Fate.RolledBack;
            return new(fate, result, mark, e);
        }
    }

    private async Task<byte[]?> FindSaltAsync(Operation operation)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await IntakeStore.FindSaltAsync(connection, operation.EventId, CancellationToken.None);
    }

    private static T Committed<T>(List<Attempt<T>> open, byte[] salt) =>
        open.First(attempt => attempt.IsMarkedBy(salt)).Result;

    private static T Throw<T>(Exception e)
    {
        ExceptionDispatchInfo.Throw(e);
        return default!;
    }

    private async Task BackOffAsync(RetryBudget budget, Exception e, CancellationToken ct)
    {
        if (budget.IsSpent)
        {
            throw new BusyException(e);
        }

        Logs.TransactionRetried(logger, budget.Attempt, Describe(e));
        await budget.BackOffAsync(ct);
    }

    private static string Describe(Exception e) => (e as PostgresException)?.SqlState ?? e.GetType().Name;
}
