using System.Collections.Concurrent;
using System.Diagnostics;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Federation;

namespace Coop.Node.Features.Trade;

/// <summary>
/// Goes round the peers for as long as the node runs; each has a round of its own, so that one that is away holds up
/// nobody else. Any number of replicas may do so at once: a message that comes twice changes nothing.
/// </summary>
internal sealed class TradeCourier(
    TradeEngine engine, Transactions transactions, Peerings peerings, TradeSignal signal, TimeProvider time,
    ILogger<TradeCourier> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Pause> _pauses = new(StringComparer.Ordinal);

    // By the machine's own timer, as a test's clock may stand still.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await StartRoundsAsync(stoppingToken);
                await signal.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Logs.TradeFailed(logger, e);
                await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartRoundsAsync(CancellationToken ct)
    {
        var known = await transactions.ReadAsync(TradeTable.ListPeersAsync, ct);
        var granted = (await peerings.ListAsync(ct))
            .Where(p => p.Grants(PeeringScope.Trade) && p.IsGranted(PeeringScope.Trade)).Select(p => p.Peer.Did);
        foreach (var did in known.Union(granted, StringComparer.Ordinal))
        {
            if (!IsRunning(did) && !(_pauses.TryGetValue(did, out var pause) && !pause.IsOver))
            {
                _running[did] = Task.Run(() => RoundAsync(did, ct), CancellationToken.None);
            }
        }
    }

    // A round that ended before it was noted here counts as ended.
    private bool IsRunning(string did) => _running.TryGetValue(did, out var round) && !round.IsCompleted;

    /// <summary>Never throws.</summary>
    private async Task RoundAsync(string did, CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow();
            await engine.RoundAsync(did, DateOnly.FromDateTime(now.UtcDateTime), now, ct);
            if (_pauses.TryRemove(did, out _))
            {
                await NoteAsync(did, null, ct);
            }
        }
        catch (Exception e)
        {
            if (!ct.IsCancellationRequested)
            {
                _pauses.AddOrUpdate(did, _ => Pause.First, (_, last) => last.Next());
                Logs.TradeRoundFailed(logger, did, e.Message);
                await NoteAsync(did, e is TradeException t ? $"{t.Code}: {t.Message}" : e.Message, ct);
            }
        }
        finally
        {
            _running.TryRemove(did, out _);
        }
    }

    private async Task NoteAsync(string did, string? words, CancellationToken ct)
    {
        try
        {
            await transactions.MaintainAsync(
                async (t, c) =>
                {
                    await TradeTable.NoteTroubleAsync(t.Connection!, did, words, c);
                    return true;
                },
                ct);
        }
        catch (Exception e)
        {
            // The database is what is in trouble, or the node ends.
            Logs.TradeRoundFailed(logger, did, e.Message);
        }
    }

    /// <summary>By the machine's clock, doubled with each failure.</summary>
    private sealed record Pause(TimeSpan Length, long Since)
    {
        public static Pause First => new(Interval, Stopwatch.GetTimestamp());

        public bool IsOver => Stopwatch.GetElapsedTime(Since) >= Length;

        public Pause Next() => new(Length * 2 < MaxPause ? Length * 2 : MaxPause, Stopwatch.GetTimestamp());
    }
}
