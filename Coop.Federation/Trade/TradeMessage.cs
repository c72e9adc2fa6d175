using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>
/// One message between two co-ops that trade: a link of its sender's chain to that peer. Specified in
/// specs/trade.md, vectors in specs/vectors/trade.json. Immutable.
/// </summary>
/// <param name="Step">What it says.</param>
/// <param name="From">The DID of the sender.</param>
/// <param name="To">The DID of the receiver.</param>
/// <param name="Previous">The sender's chain before it; its own number is one more.</param>
/// <param name="Seen">The receiver's chain as far as the sender had taken it when it signed.</param>
/// <param name="At">When it was signed; whole seconds.</param>
/// <param name="Body">What belongs to the step.</param>
public sealed record TradeMessage(
    TradeStep Step, string From, string To, TradeHead Previous, TradeHead Seen, DateTimeOffset At, TradeBody Body)
{
    /// <summary>Of a signed message, in bytes; a statement lists at most <see cref="TradeBody.MaxInFlight"/> transfers.</summary>
    public const int MaxSizeBytes = Statement.MaxSizeBytes;

    internal const string TypePrefix = "trade-";

    public long Seq => Previous.Seq + 1;

    /// <summary>The document without a proof.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["v"] = Statement.Version,
            ["type"] = TypePrefix + TradeSteps.NameOf(Step),
            ["from"] = From,
            ["to"] = To,
            ["seq"] = Seq,
            ["prev"] = Previous.Hash,
            ["seen"] = Seen.Seq,
            ["seenHash"] = Seen.Hash,
            ["at"] = Statement.ToText(At),
        };
        Body.WriteTo(json);
        return json;
    }

    /// <summary>The chain after this message.</summary>
    public static TradeHead HeadAfter(JsonObject message, TradeMessage read) =>
        new(read.Seq, Convert.ToBase64String(Statement.Hash(message)));

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
