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
