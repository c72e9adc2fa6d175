using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Outbox;

/// <summary>
/// Sends what peers are to be told, again and again until they have answered. Any number may run at once: a
/// message that is sent twice is answered twice with the same, and one peer's silence holds nobody else up.
/// </summary>
internal sealed class OutboxSender(
    Transactions transactions, Peerings peerings, PeerClient client, StatementVerifier verifier,
    IEnumerable<IOutboxHandler> handlers, TimeProvider time, Random random, ILogger<OutboxSender> logger)
{
    /// <summary>How many messages are looked at in one round.</summary>
    public const int BatchSize = 64;

    private const string OverProblem = "peering-ended";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAtFailed = TimeSpan.FromHours(1);
    private static readonly OutboundLimits Limits = new(Statement.MaxSizeBytes, TimeSpan.FromSeconds(15)) { MaxRedirects = 0 };

    // What a peer answers to a message that it has read and will never take: there is nothing left for people to try.
    private static readonly ProblemType[] Final =
        [ProblemTypes.StatementRefused, ProblemTypes.ClaimOver, ProblemTypes.BodyTooLarge];

    private readonly Dictionary<string, IOutboxHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    /// <summary>Sends all that is due now.</summary>
    /// <returns>How many messages were looked at.</returns>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        var due = await transactions.ReadAsync((c, t) => OutboxStore.ListDueAsync(c, time.GetUtcNow(), BatchSize, t), ct);
        await Task.WhenAll(due.GroupBy(m => m.PeerDid).Select(ofPeer => SendAllAsync(ofPeer, ct)));
        return due.Count;
    }

    private async Task SendAllAsync(IEnumerable<OutboxMessage> messages, CancellationToken ct)
    {
        foreach (var message in messages)
        {
            var until = time.GetUtcNow() + Lease;
            if (await transactions.MaintainAsync((t, c) => OutboxStore.TakeAsync(t, message, until, c), ct))
            {
                await SendAsync(message, ct);
            }
        }
    }

    private async Task SendAsync(OutboxMessage message, CancellationToken ct)
    {
        try
        {
            await DeliverAsync(message, _handlers[message.Kind], ct);
        }
        catch (PeerException e) when (Array.Exists(Final, e.Is))
        {
            await GiveUpAsync(message, e.ProblemType ?? $"status-{e.Status}", ct);
        }
        catch (PeerException e) when (OutboxPace.IsPermanent(e))
        {
            await FailAsync(message, e.ProblemType ?? $"status-{e.Status}", ct);
        }
        catch (PeerException e)
        {
            await PostponeAsync(message, e.ProblemType ?? $"status-{e.Status}", ct);
        }
        catch (OutboundException e)
        {
            await PostponeAsync(message, $"unreachable: {e.Error}", ct);
        }
        catch (StatementException e)
        {
            await PostponeAsync(message, $"answer: {e.Code}", ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Logs.OutboxFailed(logger, e);
            await PostponeAsync(message, "failed", ct);
        }
    }

    private async Task DeliverAsync(OutboxMessage message, IOutboxHandler handler, CancellationToken ct)
    {
        if (await peerings.FindAsync(message.PeerDid, ct) is not { } peer)
        {
            await GiveUpAsync(message, OverProblem, ct);
            return;
        }

        if (message.IsFailed)
        {
            // It waits for people; the peering goes on.
            await FailAsync(message, null, ct);
            return;
        }

        if (peer.State != PeeringState.Active || (handler.Scope is { } scope && !peer.IsGranted(scope)))
        {
            await PostponeAsync(message, "peering-inactive", ct);
            return;
        }

        if (await handler.MessageAsync(message, ct) is not { } sent)
        {
            await FinishAsync(message, (_, _) => Task.CompletedTask, ct);
            return;
        }

        var answer = await client.PostAsync(peer, sent.Path, sent.Body, Limits, ct);
        var statement = Statement.Parse(answer.Body.Span);
        await verifier.RequireAsync(statement, peer, ct);
        await FinishAsync(message, (t, c) => handler.TakeAnswerAsync(t, message, peer, statement, c), ct);
    }

    private Task<bool> FinishAsync(OutboxMessage message, Func<Npgsql.NpgsqlTransaction, CancellationToken, Task> effect, CancellationToken ct) =>
        transactions.MaintainAsync(
            async (t, c) =>
            {
                await effect(t, c);
                await OutboxStore.DeleteAsync(t, message.PeerDid, message.Kind, message.Ref, c);
                return true;
            },
            ct);

    private Task<bool> GiveUpAsync(OutboxMessage message, string problem, CancellationToken ct) =>
        FinishAsync(message, (t, c) => _handlers[message.Kind].GiveUpAsync(t, message, problem, c), ct);

    /// <param name="message">What the peer refused for good, now or before.</param>
    /// <param name="problem">Why; null where it is known.</param>
    /// <param name="ct">Cancels the attempt.</param>
    private Task<bool> FailAsync(OutboxMessage message, string? problem, CancellationToken ct) => transactions.MaintainAsync(
        async (t, c) =>
        {
            var now = time.GetUtcNow();
            await (problem is null
                ? OutboxStore.LookAgainAsync(t, message.Id, now + LookAtFailed, c)
                : OutboxStore.FailAsync(t, message.Id, now + LookAtFailed, problem, now, c));
            return true;
        },
        ct);

    private Task<bool> PostponeAsync(OutboxMessage message, string problem, CancellationToken ct)
    {
        var dueAt = time.GetUtcNow() + OutboxPace.Next(message.Attempts + 1, random.NextDouble());
        return transactions.MaintainAsync(
            async (t, c) =>
            {
                await OutboxStore.PostponeAsync(t, message.Id, dueAt, problem, c);
                return true;
            },
            ct);
    }
}
