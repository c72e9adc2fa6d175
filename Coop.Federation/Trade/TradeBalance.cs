using System.Text.Json.Nodes;

namespace Coop.Federation.Trade;

/// <summary>One unit of a statement.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="BalanceMinor">What the receiver owes the sender by the sender's books; negative where it is the other way.</param>
/// <param name="InFlight">The transfers that the sender has committed and for which it has no receipt, in the order of their ids.</param>
public sealed record TradeBalance(string Unit, long BalanceMinor, IReadOnlyList<Guid> InFlight)
{
    internal static JsonArray ToJson(IEnumerable<TradeBalance> balances) => new([.. balances.Select(b => (JsonNode)new JsonObject
    {
        ["unit"] = b.Unit,
        ["balanceMinor"] = TradeMessage.Number(b.BalanceMinor),
        ["inFlight"] = new JsonArray([.. b.InFlight.Select(id => (JsonNode)id.ToString("D"))]),
    })]);
}
