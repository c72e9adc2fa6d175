using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Federation.Trade;

/// <summary>Reads plans and decisions of nettings strictly; their proofs are not verified yet.</summary>
public static class NettingReader
{
    private const int MaxOutcomeLength = 6;

    /// <exception cref="TradeException">It is malformed.</exception>
    public static NettingPlan ReadPlan(JsonObject json) => Checked(() =>
    {
        var reader = new StatementReader(json, "v", "type", "from", "ring", "unit", "amountMinor", "validUntil", "nonce", "proof");
        reader.IsVersion("v");
        reader.Constant("type", NettingPlan.Type);
        var ring = RingOf(json);
        if (reader.Text("from", ClaimEnvelope.MaxDidLength) != ring[0])
        {
            throw Statement.Malformed("The first of the ring is not who proposes.");
        }

        return new NettingPlan(
            ring, TradeReader.UnitOf(reader), TradeReader.Amount(reader), reader.Time("validUntil"), reader.Id("nonce"))
        {
            Json = json.DeepClone().AsObject(),
        };
    });

    /// <exception cref="TradeException">It is malformed.</exception>
    public static NettingDecision ReadDecision(JsonObject json) => Checked(() =>
    {
        var reader = new StatementReader(json, "v", "type", "from", "netting", "outcome", "proof");
        reader.IsVersion("v");
        reader.Constant("type", NettingDecision.Type);
        var outcome = reader.Text("outcome", MaxOutcomeLength);
        return outcome is NettingDecision.Commit or NettingDecision.Abort
            ? new NettingDecision(
                reader.Id("netting"), reader.Text("from", ClaimEnvelope.MaxDidLength), outcome == NettingDecision.Commit,
                json.DeepClone().AsObject())
            : throw Statement.Malformed("\"outcome\" is neither commit nor abort.");
    });

    private static List<string> RingOf(JsonObject json)
    {
        if (json["ring"] is not JsonArray { Count: >= NettingPlan.MinRing and <= NettingPlan.MaxRing } nodes)
        {
            throw Statement.Malformed($"\"ring\" is no list of {NettingPlan.MinRing} to {NettingPlan.MaxRing}.");
        }

        var ring = nodes.Select(n => n is JsonValue v && v.TryGetValue(out string? did) && did.Length is > 0 and <= ClaimEnvelope.MaxDidLength
            ? did
            : throw Statement.Malformed("The ring names what is no DID.")).ToList();
        return ring.Distinct(StringComparer.Ordinal).Count() == ring.Count
            ? ring
            : throw Statement.Malformed("The ring names a co-op twice.");
    }

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (StatementException e)
        {
            throw new TradeException(e.Code, e.Message, e);
        }
    }
}
