using Coop.Federation.Audit;
using Coop.Federation.Peering;
using Coop.Federation.Replication;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// Follows the log of every peer that grants it, each at its own pace and with its own failures, so that one
/// that is slow, hostile or away disturbs no other. Replicas of the node may all run it: what one stores, the
/// others find stored.
/// </summary>
/// <remarks>It paces itself by the machine's own timer: no rule depends on it, and a test's clock may stand still.</remarks>
public sealed class FollowRunner(
    Peerings peerings,
    PeerFollowing following,
    PokeSignals signals,
    FollowSettings settings,
    FederationMetrics metrics,
    ILogger<FollowRunner> logger) : BackgroundService
{
    private readonly Dictionary<Guid, Task> _loops = [];
    private readonly SemaphoreSlim _catchUps = new(settings.CatchUpsAtOnce, settings.CatchUpsAtOnce);

    public override void Dispose()
    {
        _catchUps.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartLoopsAsync(stoppingToken);
                await Task.Delay(settings.LookInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever it was, most likely the database: the next look is soon.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Logs.PeersNotListed(logger, e.Message);
                await PauseAsync(settings.FirstPause, stoppingToken);
            }
        }

        await Task.WhenAll(_loops.Values);
    }

    private async Task StartLoopsAsync(CancellationToken ct)
    {
        foreach (var peering in (await peerings.ListAsync(ct)).Where(p => p.IsGranted(PeeringScope.Replicate)))
        {
            if (!_loops.TryGetValue(peering.Id, out var loop) || loop.IsCompleted)
            {
                _loops[peering.Id] = Task.Run(() => FollowAsync(peering.Id, peering.Peer.Did, ct), CancellationToken.None);
            }
        }
    }

    // Until the peering ends, is held, or the node stops; it never throws.
    private async Task FollowAsync(Guid id, string did, CancellationToken ct)
    {
        var failures = 0;
        var isBehind = false;
        while (!ct.IsCancellationRequested)
        {
            FollowOutcome? outcome = null;
            TimeSpan? asked = null;
            try
            {
                if (await peerings.FindAsync(did, ct) is not { } peer || peer.Id != id || !peer.IsGranted(PeeringScope.Replicate))
                {
                    return;
                }

                outcome = await TakeTurnAsync(peer, isBehind, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (LogBusyException e)
            {
                asked = e.RetryAfter;
                metrics.Sent(did, SentOutcome.Unreachable);
            }
            catch (AuditImpossibleException e)
            {
                metrics.Sent(did, SentOutcome.Unreachable);
                Logs.PeerNotFollowed(logger, did, e.Message);
            }
#pragma warning disable CA1031 // One peer's trouble must not end the following of it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Logs.FollowingFailed(logger, did, e);
            }

            isBehind = outcome == FollowOutcome.Unfinished;
            failures = outcome is null or FollowOutcome.Refused or FollowOutcome.Equivocation ? failures + 1 : 0;
            await WaitAsync(id, FollowPace.Next(settings, outcome, failures, asked, Random.Shared.NextDouble()), failures, ct);
        }
    }

    // A long absence is made up for in long turns, of which there are few at once: they take memory.
    private async Task<FollowOutcome> TakeTurnAsync(Peering peer, bool isBehind, CancellationToken ct)
    {
        if (!isBehind)
        {
            return await VisitAsync(peer, settings.Visit, ct);
        }

        await _catchUps.WaitAsync(ct);
        try
        {
            return await VisitAsync(peer, settings.CatchUp, ct);
        }
        finally
        {
            _catchUps.Release();
        }
    }

    private async Task<FollowOutcome> VisitAsync(Peering peer, FollowOptions options, CancellationToken ct)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(ct);
        turn.CancelAfter(settings.LongestTurn);
        try
        {
            var result = await following.VisitAsync(peer, options, turn.Token);
            if (result.Finding is { } finding)
            {
                metrics.Rejected(peer.Peer.Did, FindingCodes.Name(finding.Code));
                Logs.PeerLogRefused(logger, peer.Peer.Did, finding.Detail);
            }

            metrics.Sent(peer.Peer.Did, SentOutcome.Answered);
            return result.Outcome;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new AuditImpossibleException($"{peer.Peer.Did} is so slow that a turn came to an end.");
        }
    }

    // Whoever fails is not visited sooner for poking.
    private async Task WaitAsync(Guid id, TimeSpan pause, int failures, CancellationToken ct)
    {
        var least = failures > 0 || pause < settings.LeastInterval ? pause : settings.LeastInterval;
        await PauseAsync(least, ct);
        try
        {
            await signals.WaitAsync(id, pause - least, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    private static async Task PauseAsync(TimeSpan length, CancellationToken ct)
    {
        try
        {
            await Task.Delay(length, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }
}
