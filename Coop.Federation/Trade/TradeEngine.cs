using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>
/// Trade with peers, for the life of a process: takes messages, delivers this node's own, and learns back from the
/// peer what a restore has taken away. Specified in specs/trade.md. Thread-safe; any number may run over one store.
/// </summary>
/// <remarks>
/// After its start a process signs nothing to a peer until that peer has said what it holds of this node's chain.
/// Where the peer holds more, this node was put back: it takes its own messages from the peer, in the order in which
/// it had signed and seen them, and only then goes on.
/// </remarks>
public sealed class TradeEngine(ITradeStore store, ITradeSigner signer, ITradeLink link, TradeDesk desk)
{
    /// <summary>The nettings of which this node is part.</summary>
    public NettingEngine Nettings => new(this, store, signer, link);

    /// <summary>How many messages travel at once.</summary>
    public const int MaxBatch = 50;

    /// <summary>How many bytes of messages travel at once; one always does.</summary>
    public const int MaxBatchSizeBytes = 48 * 1024;

    /// <summary>After how long the payer's node is asked for a decision that it should have made.</summary>
    public static readonly TimeSpan AskAfter = TimeSpan.FromMinutes(1);

    // What each peer has of this node's chain; a peer that is not in here has not said so to this process.
    private readonly ConcurrentDictionary<string, TradeHead> _confirmed = new(StringComparer.Ordinal);

    /// <summary>Whether this node knows what it has signed to a peer.</summary>
    public bool IsConfirmed(string peerDid) => _confirmed.ContainsKey(peerDid);

    /// <summary>What this node has taken of a peer's chain; also answered while it recovers.</summary>
    public async Task<TradeHead> HeadAsync(string peerDid, CancellationToken ct) => (await store.PairAsync(peerDid, ct)).Received;

    /// <summary>Takes messages of a peer, in their order.</summary>
    /// <returns>What this node has taken of the peer's chain.</returns>
    /// <exception cref="TradeException">One is refused; those before it were taken.</exception>
    public async Task<TradeHead> ReceiveAsync(
        string peerDid, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RequireConfirmed(peerDid);
        foreach (var bytes in messages)
        {
            var (json, message) = await ReadAsync(bytes, peerDid, signer.Did, ct);
            await TakeAsync(peerDid, json, message, isAnswered: true, ct);
        }

        return await HeadAsync(peerDid, ct);
    }

    /// <summary>Signs inside one transaction, where this node knows what it has signed before.</summary>
    /// <exception cref="TradeException">It does not, or the body refuses.</exception>
    public Task<T> WriteAsync<T>(string peerDid, Func<ITradeWrite, TradeDesk, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(body);
        RequireConfirmed(peerDid);
        return store.WriteAsync(
            peerDid,
            async (write, c) =>
            {
                await RequireReadyAsync(write, peerDid, c);
                return await body(write, desk, c);
            },
            ct);
    }

    /// <summary>Answers for transfers that were promised: what is unknown here is not paid, for good.</summary>
    public Task AnswerAsync(string peerDid, IReadOnlyList<Guid> transfers, CancellationToken ct) => WriteAsync(
        peerDid,
        async (write, d, c) =>
        {
            foreach (var id in transfers)
            {
                await d.EntombAsync(write, id, c);
            }

            return true;
        },
        ct);

    /// <summary>One round with a peer: confirm, do what is due, deliver, ask.</summary>
    /// <param name="peerDid">Whom.</param>
    /// <param name="day">The day to state, if it has not been.</param>
    /// <param name="now">The node's time.</param>
    /// <param name="ct">Ends the round.</param>
    public async Task RoundAsync(string peerDid, DateOnly day, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsConfirmed(peerDid))
        {
            await ConfirmAsync(peerDid, ct);
        }

        foreach (var transfer in await store.OpenAsync(peerDid, ct))
        {
            if (transfer is { State: TransferState.Offered, Offer.NettingId: null } || OfferRules.Decide(transfer, now) is not null)
            {
                await WriteAsync(peerDid, (w, d, c) => Done(d.AdvanceAsync(w, transfer.Id, c)), ct);
            }
        }

        if (await store.PairAsync(peerDid, ct) is var pair && !(pair.StatedDay >= day) && pair.Sent.Seq + pair.Received.Seq > 0)
        {
            await WriteAsync(peerDid, (w, d, c) => Done(d.StateAsync(w, day, c)), ct);
        }

        await Nettings.RoundAsync(peerDid, now, ct);
        await DeliverAsync(peerDid, ct);
        await AskAsync(peerDid, now, ct);
        await Nettings.AskAsync(peerDid, now, ct);
    }

    private void RequireConfirmed(string peerDid)
    {
        if (!IsConfirmed(peerDid))
        {
            throw new TradeException(TradeCodes.Recovering, "This node waits for the peer to say what it holds.");
        }
    }

    /// <summary>Checks, in a transaction that is to sign, that this node knows what it has signed before.</summary>
    /// <remarks>A database may also be put back beneath a process that goes on.</remarks>
    /// <exception cref="TradeException">It does not.</exception>
    public async Task RequireReadyAsync(ITradeWrite write, string peerDid, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        RequireConfirmed(peerDid);
        if (_confirmed.TryGetValue(peerDid, out var theirs) && (await write.PairAsync(ct)).Sent.Seq < theirs.Seq)
        {
            Doubt(peerDid);
        }
    }

    private void Doubt(string peerDid)
    {
        _confirmed.TryRemove(peerDid, out _);
        RequireConfirmed(peerDid);
    }

    private async Task TakeAsync(
        string peerDid, JsonObject json, TradeMessage message, bool isAnswered, CancellationToken ct)
    {
        try
        {
            var frozen = await store.WriteAsync(peerDid, (w, c) => TakeInAsync(w), ct);
            if (frozen == TradeCodes.Fork)
            {
                throw new TradeException(TradeCodes.Fork, "Another message stands here already; both are kept.");
            }
        }
        catch (TradeException e) when (e.Code == TradeCodes.Recovering && isAnswered)
        {
            Doubt(peerDid);
            throw;
        }

        async Task<string?> TakeInAsync(ITradeWrite write)
        {
            if (isAnswered)
            {
                await RequireReadyAsync(write, peerDid, ct);
            }

            return await desk.TakeAsync(write, json, message, isAnswered, ct);
        }
    }

    private async Task DeliverAsync(string peerDid, CancellationToken ct)
    {
        while (_confirmed.TryGetValue(peerDid, out var theirs)
            && await store.MessagesAsync(peerDid, isOwn: true, theirs.Seq, MaxBatch, ct) is { Count: > 0 } messages)
        {
            try
            {
                var head = await link.DeliverAsync(peerDid, Fitting(messages), ct);
                if (head.Seq > theirs.Seq)
                {
                    _confirmed.TryUpdate(peerDid, head, theirs);
                    continue;
                }
            }
            catch (TradeException e) when (e.Code != TradeCodes.Gap)
            {
                throw;
            }
            catch (TradeException)
            {
                // It lacks what it had: it was put back.
            }

            // Begin again with what it says now.
            _confirmed.TryRemove(peerDid, out _);
        }
    }

    /// <summary>As many messages from the first on as may travel together.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Fitting(IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var size = 0;
        return [.. messages.TakeWhile((m, i) => (size += m.Length) <= MaxBatchSizeBytes || i == 0)];
    }

    private async Task AskAsync(string peerDid, DateTimeOffset now, CancellationToken ct)
    {
        var promised = (await store.OpenAsync(peerDid, ct))
            .Where(t => t.State == TransferState.Promised && t.Offer!.NettingId is null && now > t.Offer!.ValidUntil + AskAfter)
            .Select(t => t.Id).Take(MaxBatch).ToList();
        if (promised.Count > 0)
        {
            await link.AskAsync(peerDid, promised, ct);
        }
    }

    private async Task ConfirmAsync(string peerDid, CancellationToken ct)
    {
        var theirs = await link.HeadAsync(peerDid, ct);
        var pair = await store.PairAsync(peerDid, ct);
        while (pair.Sent.Seq < theirs.Seq)
        {
            pair = await RecoverAsync(peerDid, pair, theirs.Seq, ct);
        }

        var ours = await OwnHashAsync(peerDid, theirs.Seq, ct);
        if (ours != theirs.Hash)
        {
            await store.WriteAsync(peerDid, (w, c) => Done(w.FreezeAsync(TradeCodes.Fork, default, c)), ct);
            throw new TradeException(TradeCodes.Fork, "The peer holds another chain of this node than this node has.");
        }

        _confirmed[peerDid] = theirs;
    }

    private async Task<string> OwnHashAsync(string peerDid, long seq, CancellationToken ct)
    {
        if (seq == 0)
        {
            return TradeHead.Start.Hash;
        }

        var stored = await store.MessagesAsync(peerDid, isOwn: true, seq - 1, 1, ct);
        return stored is [var bytes] ? Convert.ToBase64String(Statement.Hash(Statement.Parse(bytes.Span))) : "";
    }

    private async Task<TradePair> RecoverAsync(string peerDid, TradePair pair, long upTo, CancellationToken ct)
    {
        var messages = await link.MessagesAsync(peerDid, isOwn: false, pair.Sent.Seq, ct);
        foreach (var bytes in messages)
        {
            var (json, message) = await ReadAsync(bytes, signer.Did, peerDid, ct);
            await CatchUpAsync(peerDid, message.Seen.Seq, ct);
            if (await store.WriteAsync(peerDid, (w, c) => TradeDesk.RecoverAsync(w, json, message, c), ct) is { } code)
            {
                throw new TradeException(code, "What the peer says that this node signed does not continue its chain.");
            }
        }

        var after = await store.PairAsync(peerDid, ct);
        return after.Sent.Seq > pair.Sent.Seq
            ? after
            : throw new TradeException(TradeCodes.Recovering, $"The peer says that it holds {upTo} messages, and does not give them.");
    }

    // What this node had seen when it signed comes before what it signed.
    private async Task CatchUpAsync(string peerDid, long upTo, CancellationToken ct)
    {
        while ((await store.PairAsync(peerDid, ct)).Received.Seq is var received && received < upTo)
        {
            var messages = await link.MessagesAsync(peerDid, isOwn: true, received, ct);
            foreach (var bytes in messages.Take((int)Math.Min(MaxBatch, upTo - received)))
            {
                var (json, message) = await ReadAsync(bytes, peerDid, signer.Did, ct);
                await TakeAsync(peerDid, json, message, isAnswered: false, ct);
            }

            if (messages.Count == 0)
            {
                throw new TradeException(TradeCodes.Recovering, "The peer no longer gives what this node had seen.");
            }
        }
    }

    private async Task<(JsonObject Json, TradeMessage Message)> ReadAsync(
        ReadOnlyMemory<byte> bytes, string from, string to, CancellationToken ct)
    {
        try
        {
            var json = Statement.Parse(bytes.Span);
            var message = TradeReader.Read(json);
            if (message.From != from || message.To != to)
            {
                throw new TradeException(TradeCodes.Parties, "The message is not between these two nodes.");
            }

            await signer.VerifyAsync(json, from, ct);
            return (json, await Nettings.VerifyAsync(message, ct));
        }
        catch (StatementException e)
        {
            throw new TradeException(e.Code, e.Message, e);
        }
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
