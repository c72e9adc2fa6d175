using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Trade;
using Coop.Node.Log;

namespace Coop.Node.Features.Trade;

/// <summary>
/// The events of trade; specs/trade.md lists their payloads. They are public and name no member and no account, so
/// that an auditor can hold the logs of both co-ops against each other.
/// </summary>
internal static class TradeEvents
{
    public const string NodeActor = "node";

    public static EventDraft Message(TradeChange change, string peerDid, Guid? journal, long? limitMinor, string actor)
    {
        var message = change.Message;
        var payload = new JsonObject
        {
            ["peer"] = peerDid,
            ["step"] = TradeSteps.NameOf(message.Step),
            ["seq"] = message.Seq,
            ["hash"] = change.Head.Hash,
            ["transfer"] = message.Body.Transfer?.ToString("D"),
            ["unit"] = change.After?.Offer?.Unit,
            ["amountMinor"] = change.After?.Offer?.AmountMinor.ToString(CultureInfo.InvariantCulture),
            ["state"] = change.After is { } after ? TransferTable.Name(after.State) : null,
            ["netting"] = change.After?.Offer?.NettingId?.ToString("D"),
            ["outcome"] = message.Body is ResolveBody resolve ? resolve.IsPaid ? "paid" : "unpaid" : null,
            ["journal"] = journal?.ToString("D"),
            ["limitMinor"] = limitMinor?.ToString(CultureInfo.InvariantCulture),
        };
        if (message.Step is TradeStep.Statement or TradeStep.Countersign)
        {
            var json = message.ToJson();
            payload["balances"] = json["balances"]!.DeepClone();
            payload["statement"] = (message.Body as CountersignBody)?.Statement;
            payload["agrees"] = (message.Body as CountersignBody)?.Agrees;
        }

        return new(
            change.IsOwn ? EventTypes.TradeSent : EventTypes.TradeReceived, actor,
            message.Body.Transfer is { } id ? $"transfer:{id:D}" : "trade:statement", Visibility.Public, payload);
    }

    /// <summary>A netting became known, was approved or refused here, or was decided by its proposer.</summary>
    public static EventDraft Netting(Netting netting, string actor) => new(
        EventTypes.TradeNetting, actor, $"netting:{netting.Plan.Id:D}", Visibility.Public, new JsonObject
        {
            ["netting"] = netting.Plan.Id.ToString("D"),
            ["proposer"] = netting.Plan.Proposer,
            ["ring"] = new JsonArray([.. netting.Plan.Ring.Select(did => (JsonNode)did)]),
            ["unit"] = netting.Plan.Unit,
            ["amountMinor"] = netting.Plan.AmountMinor.ToString(CultureInfo.InvariantCulture),
            ["approval"] = TransferTable.Name(netting.Approval),
            ["decision"] = netting.Decision is { } decision ? decision.IsCommit ? "commit" : "abort" : null,
        });

    public static EventDraft Accused(string did) => new(
        EventTypes.TradeAccused, NodeActor, "trade:accused", Visibility.Public, new JsonObject { ["proposer"] = did });

    public static EventDraft Frozen(string peerDid, string code) => new(
        EventTypes.TradeFrozen, NodeActor, "trade:frozen", Visibility.Public, new JsonObject { ["peer"] = peerDid, ["code"] = code });

    public static EventDraft Thawed(string peerDid, string actor) => new(
        EventTypes.TradeThawed, actor, "trade:thawed", Visibility.Public, new JsonObject { ["peer"] = peerDid });
}
