using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Federation.Trade;

/// <summary>
/// Takes and makes messages inside one transaction: each is kept with what it does, and with what this node says to
/// it. Specified in specs/trade.md. Thread-safe.
/// </summary>
public sealed class TradeDesk
{
    private readonly ITradeSigner _signer;

    /// <param name="signer">This node's key.</param>
    public TradeDesk(ITradeSigner signer) => (_signer, Nettings) = (signer, new NettingDesk(this, signer));

    /// <summary>What holds the legs of nettings together.</summary>
    public NettingDesk Nettings { get; }

    /// <summary>Offers a transfer to a peer: the amount is reserved with it.</summary>
    /// <exception cref="TradeException">Nothing new may be begun, or this side would owe too much.</exception>
    public async Task<Transfer> PrepareAsync(ITradeWrite write, Guid id, TradeOffer offer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(offer);
        return await RefusalAsync(write, offer, ct) is not { } code
            ? (await SignAsync(write, TradeStep.Prepare, new PrepareBody(id, offer), ct))!
            : throw new TradeException(code, "The transfer cannot be begun.");
    }

    /// <summary>Why this side may not begin an offer; null where it may.</summary>
    internal static async Task<string?> RefusalAsync(ITradeWrite write, TradeOffer offer, CancellationToken ct) =>
        (await write.PairAsync(ct)).Frozen is not null ? TradeCodes.Frozen
        : (await write.OpenAsync(ct)).Count(t => t.Role == TradeRole.Payer) >= TradeBody.MaxInFlight ? TradeCodes.Busy
        : OfferRules.Refuse(offer, await PositionAsync(write, offer.Unit, ct), await write.AllowanceAsync(ct), isOwn: true, write.Now);

    /// <summary>Takes back an offer that is not decided.</summary>
    /// <exception cref="TradeException">It is decided.</exception>
    public async Task<Transfer> CancelAsync(ITradeWrite write, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        return await write.FindAsync(id, ct) is { Role: TradeRole.Payer, State: TransferState.Prepared or TransferState.Accepted, Offer.NettingId: null }
            ? (await SignAsync(write, TradeStep.Abort, new TransferBody(id, TradeCodes.Cancelled), ct))!
            : throw new TradeException(TradeCodes.Breach, "The transfer is decided, or there is none.");
    }

    /// <summary>Says for good that a transfer that nobody here knows is not paid.</summary>
    public async Task EntombAsync(ITradeWrite write, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (await write.FindAsync(id, ct) is null)
        {
            await SignAsync(write, TradeStep.Abort, new TransferBody(id, TradeCodes.Unknown), ct);
        }
    }

    /// <summary>Does what is this node's to do on a transfer now, if there is something.</summary>
    public async Task AdvanceAsync(ITradeWrite write, Guid id, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (await write.FindAsync(id, ct) is not { } transfer)
        {
            return;
        }

        if (await NextAsync(write, transfer, ct) is var (step, reason))
        {
            await SignAsync(write, step, new TransferBody(id, reason), ct);
        }
        else if (transfer.Offer?.NettingId is { } netting)
        {
            await Nettings.AdvanceAsync(write, netting, mayRefuse: false, ct);
        }
    }

    /// <summary>Signs this side's half of a record that decides a transfer in doubt.</summary>
    /// <exception cref="TradeException">It is decided, or that cannot be said of it.</exception>
    public async Task<Transfer> ResolveAsync(ITradeWrite write, Guid id, bool isPaid, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        var transfer = (await SignAsync(write, TradeStep.Resolve, new ResolveBody(id, isPaid), ct))!;
        await AdvanceAsync(write, id, ct);
        return await write.FindAsync(id, ct) ?? transfer;
    }

    /// <summary>Sends what these books say of the peer, once a day.</summary>
    public async Task StateAsync(ITradeWrite write, DateOnly day, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        var pair = await write.PairAsync(ct);
        if (pair.StatedDay >= day || (pair.Sent.Seq == 0 && pair.Received.Seq == 0))
        {
            return;
        }

        await SignAsync(write, TradeStep.Statement, new StatementBody(day, await BalancesAsync(write, ct)), ct);
        await write.StateAsync(day, ct);
    }

    /// <summary>Takes the peer's message after those that were taken.</summary>
    /// <param name="write">The transaction.</param>
    /// <param name="json">Signed and verified.</param>
    /// <param name="message">What it says.</param>
    /// <param name="isAnswered">Whether this node does at once what is its to do; not while it recovers.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <returns>Null, or why the trade was frozen.</returns>
    /// <exception cref="TradeException">A message before it is missing, or this node has forgotten its own.</exception>
    public async Task<string?> TakeAsync(
        ITradeWrite write, JsonObject json, TradeMessage message, bool isAnswered, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(message);
        var pair = await write.PairAsync(ct);
        var head = TradeMessage.HeadAfter(json, message);
        if (message.Seq <= pair.Received.Seq)
        {
            return await write.HashAsync(isOwn: false, message.Seq, ct) == head.Hash ? null : await ForkAsync(write, json, ct);
        }

        if (message.Previous.Seq != pair.Received.Seq)
        {
            throw new TradeException(TradeCodes.Gap, "A message before this one is missing here.");
        }

        if (message.Seen.Seq > pair.Sent.Seq)
        {
            throw new TradeException(TradeCodes.Recovering, "The peer has seen messages of this node that it no longer has.");
        }

        return message.Previous != pair.Received || await SeenHashAsync(write, isOwn: true, message.Seen.Seq, ct) != message.Seen.Hash
            ? await ForkAsync(write, json, ct)
            : await TakeNextAsync(write, json, message, head, isAnswered, ct);
    }

    /// <summary>Takes a message that this node signed before a restore.</summary>
    /// <returns>Null, or why the trade was frozen: it does not continue what this node has.</returns>
    public static async Task<string?> RecoverAsync(ITradeWrite write, JsonObject json, TradeMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(message);
        var pair = await write.PairAsync(ct);
        if (message.Seq <= pair.Sent.Seq)
        {
            return null;
        }

        if (message.Previous != pair.Sent || await SeenHashAsync(write, isOwn: false, message.Seen.Seq, ct) != message.Seen.Hash)
        {
            return await ForkAsync(write, json, ct);
        }

        await KeepAsync(write, true, json, message, TradeMessage.HeadAfter(json, message), isRecovered: true, ct);
        return null;
    }

    private static async Task<string> SeenHashAsync(ITradeWrite write, bool isOwn, long seq, CancellationToken ct) =>
        seq == 0 ? TradeHead.Start.Hash : await write.HashAsync(isOwn, seq, ct) ?? "";

    private static async Task<string?> ForkAsync(ITradeWrite write, JsonObject json, CancellationToken ct)
    {
        await write.FreezeAsync(TradeCodes.Fork, CanonicalJson.Serialize(json), ct);
        return TradeCodes.Fork;
    }

    private async Task<string?> TakeNextAsync(
        ITradeWrite write, JsonObject json, TradeMessage message, TradeHead head, bool isAnswered, CancellationToken ct)
    {
        try
        {
            await KeepAsync(write, false, json, message, head, isRecovered: false, ct);
        }
        catch (TradeException e) when (e.Code == TradeCodes.Breach)
        {
            // It counts as a link, so that old transfers can go on, and does nothing else.
            await write.SaveAsync(new(false, message, head, CanonicalJson.Serialize(json), null, TradeEffect.None, false), ct);
            await write.FreezeAsync(TradeCodes.Breach, CanonicalJson.Serialize(json), ct);
            return TradeCodes.Breach;
        }

        if (!isAnswered)
        {
            return null;
        }

        if (message.Body.Transfer is { } transfer)
        {
            await AdvanceAsync(write, transfer, ct);
        }
        else if (message.Body is StatementBody statement)
        {
            await CountersignAsync(write, statement, head, ct);
        }

        return null;
    }

    private static async Task<Transfer?> KeepAsync(
        ITradeWrite write, bool isOwn, JsonObject json, TradeMessage message, TradeHead head, bool isRecovered, CancellationToken ct)
    {
        await NettingDesk.NoteAsync(write, isOwn, message, ct);
        var (after, effect) = message.Body.Transfer is { } id
            ? TransferRules.Apply(await write.FindAsync(id, ct), isOwn, message)
            : (null, TradeEffect.None);
        await write.SaveAsync(new(isOwn, message, head, CanonicalJson.Serialize(json), after, effect, isRecovered), ct);
        return after;
    }

    private static async Task<(TradeStep Step, string? Reason)?> NextAsync(ITradeWrite write, Transfer transfer, CancellationToken ct)
    {
        if (transfer is { State: TransferState.Offered, Offer: { NettingId: null } offer, OurWord: null })
        {
            var code = await RejectionAsync(write, offer, ct);
            return code is null ? (TradeStep.Accept, null) : (TradeStep.Reject, code);
        }

        return OfferRules.Decide(transfer, write.Now);
    }

    internal static async Task<string?> RejectionAsync(ITradeWrite write, TradeOffer offer, CancellationToken ct) =>
        (await write.PairAsync(ct)).Frozen is not null ? TradeCodes.Frozen
        : OfferRules.Refuse(offer, await PositionAsync(write, offer.Unit, ct), await write.AllowanceAsync(ct), isOwn: false, write.Now)
            ?? (await write.CanCreditAsync(offer, ct) ? null : TradeCodes.Payee);

    private async Task CountersignAsync(ITradeWrite write, StatementBody statement, TradeHead head, CancellationToken ct)
    {
        var balances = await BalancesAsync(write, ct);
        var agrees = StatementRule.Agrees(statement.Balances, await write.PositionsAsync(ct), await write.OpenAsync(ct));
        await SignAsync(write, TradeStep.Countersign, new CountersignBody(head.Seq, head.Hash, agrees, balances), ct);
    }

    private static async Task<IReadOnlyList<TradeBalance>> BalancesAsync(ITradeWrite write, CancellationToken ct) =>
        StatementRule.Balances(await write.PositionsAsync(ct), await write.OpenAsync(ct));

    internal static async Task<TradePosition> PositionAsync(ITradeWrite write, string unit, CancellationToken ct) =>
        (await write.PositionsAsync(ct)).FirstOrDefault(p => p.Unit == unit) ?? TradePosition.None(unit);

    internal async Task<Transfer?> SignAsync(ITradeWrite write, TradeStep step, TradeBody body, CancellationToken ct)
    {
        var pair = await write.PairAsync(ct);
        var at = DateTimeOffset.FromUnixTimeSeconds(write.Now.ToUnixTimeSeconds());
        var message = new TradeMessage(step, _signer.Did, pair.PeerDid, pair.Sent, pair.Received, at, body);
        var json = _signer.Sign(message.ToJson());
        return await KeepAsync(write, true, json, message, TradeMessage.HeadAfter(json, message), isRecovered: false, ct);
    }
}
