using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Identity.Json;
using Coop.Identity.Net;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>Peers as the engine of trade reaches them, over signed requests. Thread-safe.</summary>
internal sealed class TradeLink(Peerings peerings, PeerClient client) : ITradeLink
{
    private static readonly OutboundLimits Limits = new(256 * 1024, TimeSpan.FromSeconds(20)) { MaxRedirects = 0 };

    private const int MaxTextLength = 500;

    public async Task<TradeHead> HeadAsync(string peerDid, CancellationToken ct) =>
        HeadOf(await AskAsync(peerDid, p => client.GetAsync(p, TradePaths.Head, Limits, ct), ct));

    public async Task<TradeHead> DeliverAsync(string peerDid, IReadOnlyList<ReadOnlyMemory<byte>> messages, CancellationToken ct)
    {
        var body = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(m => JsonNode.Parse(m.Span))]) };
        return HeadOf(await AskAsync(peerDid, p => client.PostAsync(p, TradePaths.Messages, body, Limits, ct), ct));
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(
        string peerDid, bool isOwn, long after, CancellationToken ct)
    {
        var answer = await AskAsync(peerDid, p => client.GetAsync(p, TradePaths.MessagesAfter(!isOwn, after), Limits, ct), ct);
        return answer["messages"] is JsonArray { Count: <= TradeEngine.MaxBatch } messages
            ? [.. messages.Select(m => (ReadOnlyMemory<byte>)CanonicalJson.Serialize(m))]
            : throw Malformed();
    }

    public Task AskAsync(string peerDid, IReadOnlyList<Guid> transfers, CancellationToken ct)
    {
        var body = new JsonObject { ["transfers"] = new JsonArray([.. transfers.Select(t => (JsonNode)t.ToString("D"))]) };
        return AskAsync(peerDid, p => client.PostAsync(p, TradePaths.Questions, body, Limits, ct), ct);
    }

    public async Task<NettingDecision?> AskNettingAsync(string peerDid, NettingPlan plan, CancellationToken ct)
    {
        var body = new JsonObject { ["plan"] = plan.Json.DeepClone() };
        var answer = await AskAsync(peerDid, p => client.PostAsync(p, TradePaths.Nettings, body, Limits, ct), ct);
        return answer["decision"] is JsonObject decision ? NettingReader.ReadDecision(decision) : null;
    }

    /// <summary>What a peer says that it owes and is owed; null where it does not say so.</summary>
    public static async Task<IReadOnlyList<Debt>?> DebtsAsync(PeerClient client, Peering peer, CancellationToken ct)
    {
        const int maxDebts = 1000;
        try
        {
            var answer = CanonicalJson.Parse((await client.GetAsync(peer, TradePaths.Debts, Limits, ct)).Body.Span);
            return answer is JsonObject json && json["debts"] is JsonArray { Count: <= maxDebts } debts
                ? [.. debts.OfType<JsonObject>().Select(d => DebtOf(d, peer.Peer.Did)).OfType<Debt>()]
                : null;
        }
        catch (Exception e) when (e is PeerException or OutboundException or CanonicalJsonException)
        {
            return null;
        }
    }

    private static Debt? DebtOf(JsonObject json, string of) =>
        Text(json, "debtor") is { } debtor && Text(json, "creditor") is { } creditor && (debtor == of) != (creditor == of)
        && Text(json, "unit") is { Length: <= TradeOffer.MaxUnitLength } unit
        && long.TryParse(Text(json, "amountMinor"), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new(debtor, creditor, unit, amount)
            : null;

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue v && v.TryGetValue(out string? text) && text.Length <= MaxTextLength ? text : null;

    private async Task<JsonObject> AskAsync(string peerDid, Func<Peering, Task<OutboundAnswer>> ask, CancellationToken ct)
    {
        var peering = await peerings.FindAsync(peerDid, ct)
            ?? throw new TradeException(TradeCodes.Peering, "There is no peering with that node any more.");
        try
        {
            return CanonicalJson.Parse((await ask(peering)).Body.Span) as JsonObject ?? throw Malformed();
        }
        catch (PeerException e) when (e.Is(ProblemTypes.TradeGap))
        {
            throw new TradeException(TradeCodes.Gap, "The peer lacks a message before those.", e);
        }
        catch (PeerException e) when (e.Is(ProblemTypes.TradeRecovering))
        {
            throw new TradeException(TradeCodes.Recovering, "The peer does not know yet what it has signed.", e);
        }
        catch (CanonicalJsonException e)
        {
            throw new TradeException(TradeCodes.Malformed, "The peer's answer is no JSON.", e);
        }
    }

    private static TradeHead HeadOf(JsonObject json) =>
        json["seq"] is JsonValue s && s.TryGetValue(out long seq) && seq >= 0
        && json["hash"] is JsonValue h && h.TryGetValue(out string? hash) && hash.Length == TradeHead.Start.Hash.Length
            ? new(seq, hash)
            : throw Malformed();

    private static TradeException Malformed() => new(TradeCodes.Malformed, "The peer's answer is not of the form that it has.");
}
