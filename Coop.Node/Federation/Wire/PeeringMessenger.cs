using System.Collections.Concurrent;
using System.Diagnostics;
using Coop.Federation.Peering;
using Coop.Identity.Json;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Http;

namespace Coop.Node.Federation.Wire;

/// <summary>
/// Sends our steps to peers, in order, until each has been answered. Every peer has a delivery of its own, so that one
/// that is away or slow holds up nobody else. Several replicas may send the same; the peer takes it once.
/// </summary>
internal sealed class PeeringMessenger(
    Transactions transactions, PeerClient client, MessengerSignal signal, TimeProvider time, Random random,
    ILogger<PeeringMessenger> logger)
    : BackgroundService
{
    /// <summary>How soon it sees what another process wrote, the command line above all.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>For how long somebody is sought who has no standing peering with us.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly OutboundLimits Limits = new(16 * 1024, TimeSpan.FromSeconds(10)) { MaxRedirects = 0 };

    private readonly ConcurrentDictionary<Guid, Pause> _pauses = new();
    private readonly ConcurrentDictionary<Guid, Task> _running = new();
    private long _swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (signal.TakeUrgency())
                {
                    _pauses.Clear();
                }

                await StartDeliveriesAsync(stoppingToken);
                await SweepAsync(stoppingToken);
                await signal.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                Logs.MessengerFailed(logger, e);
                await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running.Values);
    }

    private async Task StartDeliveriesAsync(CancellationToken ct)
    {
        var since = time.GetUtcNow() - GiveUpAfter;
        var due = await transactions.ReadAsync((connection, token) => StepStore.ListPeeringsToSendAsync(connection, since, token), ct);
        foreach (var id in due.Where(id => !IsRunning(id) && !IsPaused(id)))
        {
            _running[id] = Task.Run(() => DeliverAsync(id, ct), CancellationToken.None);
        }
    }

    /// <summary>Never throws.</summary>
    private async Task DeliverAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await SendAllAsync(id, ct);
            _pauses.TryRemove(id, out _);
        }
        catch (Exception e)
        {
            if (!ct.IsCancellationRequested)
            {
                var isOver = e is PeerException refusal && !refusal.Is(ProblemTypes.StepOutOfOrder) && OutboxPace.IsPermanent(refusal);
                _pauses[id] = Pause.After(_pauses.GetValueOrDefault(id), isOver, random.NextDouble());
                Logs.StepNotDelivered(logger, id, e.Message);
                await NoteTroubleAsync(id, Words(e), ct);
            }
        }
        finally
        {
            _running.TryRemove(id, out _);
        }
    }

    private async Task SendAllAsync(Guid id, CancellationToken ct)
    {
        var (record, steps) = await transactions.ReadAsync(
            async (c, t) => (await PeeringStore.FindAsync(c, id, t), await StepStore.ListToSendAsync(c, id, t)), ct);
        foreach (var step in steps)
        {
            var received = await SendAsync(record!, step, ct);
            await transactions.MaintainAsync(
                async (t, c) => await StepStore.MarkDeliveredAsync(t, id, Math.Min(received, record!.OurSteps), time.GetUtcNow(), c)
                    + await PeeringStore.NoteTroubleAsync(t, id, null, c),
                ct);
            if (received < step.Number)
            {
                throw new FormatException("The peer did not take the step.");
            }
        }
    }

    /// <returns>How many of our steps the peer has.</returns>
    private async Task<long> SendAsync(PeeringRecord record, StepRow step, CancellationToken ct)
    {
        var to = record.ToPeering();
        var isFirst = step is { Step: PeeringStep.Proposed, Terms.Terms.Version: 1 };
        try
        {
            return Received(await client.PostAsync(
                to, isFirst ? PeeringWire.ProposalPath : PeeringWire.StepPathOf(record.Id), StepMessage.Of(step).ToJson(), Limits, ct));
        }
        catch (PeerException e) when (e.Is(ProblemTypes.StepOutOfOrder))
        {
            // It has lost some, e.g. with an old backup: everything from there on goes out again.
            var had = Received(await client.GetAsync(to, PeeringWire.PathOf(record.Id), Limits, ct));
            await transactions.MaintainAsync((t, c) => StepStore.SendAgainAsync(t, record.Id, had + 1, c), ct);
            throw;
        }
        catch (PeerException e) when (e.Is(ProblemTypes.NotFound) && record.Standing.IsEnded)
        {
            // It never took the proposal, so there is nothing to end.
            return record.OurSteps;
        }
    }

    private static long Received(OutboundAnswer answer) =>
        CanonicalJson.Parse(answer.Body.Span) is System.Text.Json.Nodes.JsonObject json
            ? TermsJson.Number(json, "received", 0, long.MaxValue >> 10)
            : throw new FormatException("The peer's answer is no object.");

    private async Task NoteTroubleAsync(Guid id, string words, CancellationToken ct)
    {
        try
        {
            await transactions.MaintainAsync((t, c) => PeeringStore.NoteTroubleAsync(t, id, words, c), ct);
        }
        catch (Exception e)
        {
            // The database is what is in trouble.
            Logs.MessengerFailed(logger, e);
        }
    }

    private static string Words(Exception e) =>
        e is PeerException { Detail: { } detail } ? $"{e.Message} {detail}" : e.Message;

    private async Task SweepAsync(CancellationToken ct)
    {
        if (_swept != 0 && Stopwatch.GetElapsedTime(_swept) < SweepInterval)
        {
            return;
        }

        _swept = Stopwatch.GetTimestamp();
        await transactions.MaintainAsync((t, c) => NonceStore.SweepAsync(t, time.GetUtcNow(), c), ct);
    }

    // One that ended before it was noted stays noted; it must not hold up what comes after it.
    private bool IsRunning(Guid id) => _running.TryGetValue(id, out var delivery) && !delivery.IsCompleted;

    private bool IsPaused(Guid id) => _pauses.TryGetValue(id, out var pause) && !pause.IsOver;

    /// <summary>By the machine's clock, doubled with each failure; without end where the peer refuses for good.</summary>
    private sealed record Pause(TimeSpan Length, long Since, int Failures)
    {
        public bool IsOver => Stopwatch.GetElapsedTime(Since) >= Length;

        public static Pause After(Pause? last, bool isForGood, double random)
        {
            var failures = (last?.Failures ?? 0) + 1;
            return new(isForGood ? TimeSpan.MaxValue : OutboxPace.Next(failures, random), Stopwatch.GetTimestamp(), failures);
        }
    }
}
