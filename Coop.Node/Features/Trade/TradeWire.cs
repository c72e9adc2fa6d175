using Coop.Node.Database;
using Coop.Node.Identity;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Identity.Json;
using Coop.Node.Federation;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>
/// What peers ask for: specs/trade.md, Requests. Open to whoever once was a peer, since what was promised has to be
/// ended whatever became of the peering; what is new needs the terms, which the rules of trade look at.
/// </summary>
internal static class TradeWire
{
    private static readonly PeerRequirement Known = new(PeerRequirement.Callers.Known, Scope: null);

    public static void Map(IEndpointRouteBuilder federation)
    {
        var trade = federation.MapGroup("/trade");
        trade.MapGet("/head", HeadAsync).Require(Known).WithName("ShowTradeHead").Produces<JsonObject>()
            .WithSummary("Show how much of the asking peer's chain of trade messages was taken");
        trade.MapGet("/messages", GiveAsync).Require(Known).WithName("GiveTradeMessages").Produces<JsonObject>()
            .WithSummary("Give messages of the two chains of trade with the asking peer");
        trade.MapPost("/messages", TakeAsync).Require(Known).WithName("TakeTradeMessages").Produces<JsonObject>()
            .WithSummary("Take signed messages of a peer's chain of trade, in their order");
        trade.MapPost("/questions", AnswerAsync).Require(Known).WithName("AnswerTradeQuestion").Produces<JsonObject>()
            .WithSummary("Settle transfers that were promised to the asking peer and that nobody here knows");
        trade.MapGet("/debts", DebtsAsync).RequirePeer(PeeringScope.Trade).WithName("ShowTradeDebts").Produces<JsonObject>()
            .WithSummary("Show what this co-op and others owe each other, for nettings");
        trade.MapPost("/nettings", AnswerNettingAsync).Require(Known).WithName("AnswerTradeNetting").Produces<JsonObject>()
            .WithSummary("Say how a netting was decided, as far as it is known here");
    }

    private static async Task<IResult> HeadAsync(HttpContext http, TradeEngine engine, CancellationToken ct) =>
        Head(await engine.HeadAsync(http.Caller().Did, ct));

    private static async Task<IResult> GiveAsync(
        HttpContext http, [FromQuery] string of, [FromQuery] long after, ITradeStore store, CancellationToken ct)
    {
        var isOwn = Fields.OneOf(of, "of", [TradePaths.Mine, TradePaths.Yours]) == TradePaths.Yours;
        var messages = await store.MessagesAsync(
            http.Caller().Did, isOwn, Fields.Range(after, "after", 0, long.MaxValue), TradeEngine.MaxBatch, ct);
        return Json(new JsonObject
        {
            ["messages"] = new JsonArray([.. TradeEngine.Fitting(messages).Select(m => JsonNode.Parse(m.Span))]),
        });
    }

    private static async Task<IResult> TakeAsync(
        HttpContext http, TradeEngine engine, TradeSignal signal, Peerings peerings, ITradeStore store, FederationMetrics metrics,
        CancellationToken ct)
    {
        var did = http.Caller().Did;
        var json = await ReadAsync(http.Request, ct);
        if (json["messages"] is not JsonArray { Count: >= 1 and <= TradeEngine.MaxBatch } messages || json.Count != 1)
        {
            throw ProblemTypes.TradeRefused.With($"Send 1 to {TradeEngine.MaxBatch} messages.");
        }

        await RequireTraderAsync(did, peerings, store, ct);
        var bytes = messages.Select(m => (ReadOnlyMemory<byte>)CanonicalJson.Serialize(m)).ToList();
        try
        {
            var head = await engine.ReceiveAsync(did, bytes, ct);
            metrics.Traded(did, "taken");
            signal.Wake();
            return Head(head);
        }
        catch (TradeException e)
        {
            metrics.Traded(did, e.Code);
            throw TradeProblems.Of(e);
        }
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, TradeEngine engine, TradeSignal signal, Peerings peerings, ITradeStore store, CancellationToken ct)
    {
        var did = http.Caller().Did;
        var json = await ReadAsync(http.Request, ct);
        if (json["transfers"] is not JsonArray { Count: >= 1 and <= TradeEngine.MaxBatch } asked || json.Count != 1)
        {
            throw ProblemTypes.TradeRefused.With($"Ask for 1 to {TradeEngine.MaxBatch} transfers.");
        }

        await RequireTraderAsync(did, peerings, store, ct);
        var ids = asked.Select(IdOf).ToList();
        await TradeProblems.CheckedAsync(async () =>
        {
            await engine.AnswerAsync(did, ids, ct);
            return true;
        });
        signal.Wake();
        return Head(await engine.HeadAsync(did, ct));
    }

    private static async Task<IResult> DebtsAsync(Transactions transactions, NodeIdentity identity, CancellationToken ct) =>
        Json(FindNettings.ToJson(await FindNettings.DebtsOfAsync(transactions, identity.Did, ct)));

    private static async Task<IResult> AnswerNettingAsync(HttpContext http, TradeEngine engine, CancellationToken ct)
    {
        var json = await ReadAsync(http.Request, ct);
        if (json["plan"] is not JsonObject plan || json.Count != 1)
        {
            throw ProblemTypes.TradeRefused.With("Send the plan of the netting.");
        }

        var decision = await TradeProblems.CheckedAsync(() =>
        {
            var read = NettingReader.ReadPlan(plan);
            return read.Has(http.Caller().Did)
                ? engine.Nettings.AnswerAsync(read, ct)
                : throw new TradeException(TradeCodes.Parties, "Whoever asks is no part of that netting.");
        });
        return Json(new JsonObject { ["decision"] = decision?.Json.DeepClone() });
    }

    // Whoever was never granted trade leaves no row here.
    private static async Task RequireTraderAsync(string did, Peerings peerings, ITradeStore store, CancellationToken ct)
    {
        var peering = await peerings.FindAsync(did, ct);
        var pair = await store.PairAsync(did, ct);
        if (peering?.Grants(PeeringScope.Trade) != true && pair.Sent.Seq == 0 && pair.Received.Seq == 0)
        {
            throw ProblemTypes.PeeringScopeMissing.With("The terms do not grant trade.");
        }
    }

    private static Guid IdOf(JsonNode? node) =>
        node is JsonValue v && v.TryGetValue(out string? text) && Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw ProblemTypes.TradeRefused.With("A transfer is named by a UUID.");

    private static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        try
        {
            return CanonicalJson.Parse(body.ToArray()) as JsonObject ?? throw ProblemTypes.TradeRefused.With("The body is no JSON object.");
        }
        catch (CanonicalJsonException e)
        {
            throw ProblemTypes.TradeRefused.With(e.Message);
        }
    }

    private static IResult Head(TradeHead head) => Json(new JsonObject { ["seq"] = head.Seq, ["hash"] = head.Hash });

    private static IResult Json(JsonObject json) =>
        Results.Text(Encoding.UTF8.GetString(CanonicalJson.Serialize(json)), "application/json", Encoding.UTF8);
}
