using System.Diagnostics;
using Coop.Federation.Log;
using Coop.Node.Database;
using Coop.Node.Hosting;
using Npgsql;

namespace Coop.Node.Log;

/// <summary>
/// Turns the intake into the signed log, on one replica at a time: follows until the lease is free,
/// leads until it is lost, and stops for good at a fatal fault.
/// </summary>
/// <remarks>It paces itself by the machine's own timer: no rule depends on it, and a test's clock may stand still.</remarks>
public sealed class Sequencer(
    NodeLog log,
    [FromKeyedServices(Transactions.Workers)] Transactions transactions,
    SequencerSignal signal,
    SequencerOptions options,
    NodeOptions node,
    SequencerStatus status,
    ISequencerObserver observer,
    ISigningConfirmation confirmation,
    TimeProvider time,
    ILogger<Sequencer> logger) : BackgroundService
{
    /// <summary>How long a clean stop may take to give the lease back.</summary>
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The holder on an embedded database, which one process has to itself: after a crash it is the same.</summary>
    private static readonly Guid OnlyHolder = new("c0095e9e-0000-4000-8000-000000000001");

    /// <summary>This process as a lease holder; among replicas a restarted one is another.</summary>
    private readonly Guid _holder = node.Database is null ? OnlyHolder : Guid.CreateVersion7(time.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ServeTermAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (LeaseLostException)
            {
                Logs.LeaseLost(logger);
            }
            catch (SigningUnconfirmedException e)
            {
                status.Set(SequencerStatus.Role.Troubled, e.Message);
                Logs.SigningUnconfirmed(logger, e.Message);
                await PauseAsync(options.ConfirmInterval, stoppingToken);
            }
            catch (LogFaultException e)
            {
                status.Set(SequencerStatus.Role.Halted, e.Message);
                Logs.LogFault(logger, e.Message);
                return;
            }
#pragma warning disable CA1031 // Whatever it was: the term ends, and the next one starts from what is stored.
            catch (Exception e)
#pragma warning restore CA1031
            {
                status.Set(SequencerStatus.Role.Troubled, e.Message);
                Logs.TermFailed(logger, e);
                await PauseAsync(options.RetryInterval, stoppingToken);
            }
        }
    }

    private async Task ServeTermAsync(CancellationToken ct)
    {
        var epoch = await FollowUntilElectedAsync(ct);
        try
        {
            Logs.LeaseTaken(logger, epoch);
            var term = await OpenTermAsync(epoch, ct);
            status.Set(SequencerStatus.Role.Leading);
            await LeadAsync(term, ct);
        }
        finally
        {
            if (ct.IsCancellationRequested)
            {
                await ReleaseAsync(epoch);
            }
        }
    }

    private async Task<long> FollowUntilElectedAsync(CancellationToken ct)
    {
        for (; ; )
        {
            var head = await transactions.ReadAsync(HeadStore.ReadAsync, ct);
            if ((head.Lease.IsFree || head.Lease.Holder == _holder) && await TryTakeLeaseAsync(head, ct))
            {
                return head.Lease.Epoch + 1;
            }

            log.Observe(head);
            status.Set(SequencerStatus.Role.Following);
            await PauseAsync(options.FollowInterval, ct);
        }
    }

    private Task<bool> TryTakeLeaseAsync(LogHead seen, CancellationToken ct) => transactions.MaintainAsync(
        (transaction, token) => LeaseStore.TryTakeAsync(
            transaction, _holder, seen.Lease.Epoch, options.Lease, token),
        ct);

    /// <summary>Nothing is appended or signed before what is stored has been recomputed.</summary>
    private async Task<SequencerTerm> OpenTermAsync(long epoch, CancellationToken ct)
    {
        await observer.ReachedAsync(SequencerStep.LeaseTaken, 0, ct);
        var (head, tip) = await transactions.ReadAsync(log.VerifyAsync, ct);
        await observer.ReachedAsync(SequencerStep.HeadVerified, tip.Size, ct);
        if (log.IsAccepted)
        {
            await log.DisownShownAsync(ct);
        }
        else
        {
            await confirmation.ConfirmAsync(log.IsInDoubt, ct);
        }

        log.ThrowIfContradicted();
        log.Trust();
        var term = new SequencerTerm(log, transactions, options, observer, tip, _holder, epoch);
        if (head.Checkpoint.Length == 0 || head.CheckpointSize < head.Size)
        {
            await term.PublishAsync(ct);
        }

        return term;
    }

    private async Task LeadAsync(SequencerTerm term, CancellationToken ct)
    {
        var renewed = Stopwatch.GetTimestamp();
        for (; ; )
        {
            log.ThrowIfContradicted();
            var started = Stopwatch.GetTimestamp();
            if (await term.DrainAsync(ct) > 0)
            {
                // More is probably on its way, perhaps from replicas that cannot wake this one.
                renewed = started;
            }
            else
            {
                if (Stopwatch.GetElapsedTime(renewed) > options.Lease / 3)
                {
                    await term.RenewAsync(ct);
                    renewed = started;
                }

                await signal.WaitAsync(options.PollInterval, ct);
            }

            await PauseAsync(options.Pace - Stopwatch.GetElapsedTime(started), ct);
        }
    }

    /// <summary>Gives the lease back, so that the next start leads at once.</summary>
    private async Task ReleaseAsync(long epoch)
    {
        using var timeout = new CancellationTokenSource(ReleaseTimeout);
        try
        {
            await transactions.MaintainAsync(
                async (transaction, token) =>
                {
                    await LeaseStore.ReleaseAsync(transaction, _holder, epoch, token);
                    return true;
                },
                timeout.Token);
        }
        catch (Exception e) when (e is NpgsqlException or BusyException or OperationCanceledException)
        {
            // The lease runs out by itself; only the next start waits a little.
            Logs.LeaseNotReleased(logger, e);
        }
    }

    private static Task PauseAsync(TimeSpan length, CancellationToken ct) =>
        length > TimeSpan.Zero ? Task.Delay(length, ct) : Task.CompletedTask;
}
