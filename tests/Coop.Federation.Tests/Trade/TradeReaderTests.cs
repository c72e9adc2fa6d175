using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Trade;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Trade;

public sealed class TradeReaderTests
{
    public static TheoryData<TradeStep> Steps => [.. Enum.GetValues<TradeStep>()];

    [Theory]
    [MemberData(nameof(Steps))]
    public void ReadsWhatItWrote_ToTheByte(TradeStep step)
    {
        var signed = TradeSamples.Sign(TradeSamples.Message(step).ToJson(), TradeSamples.Payer);
        var read = TradeReader.Read(Statement.Parse(CanonicalJson.Serialize(signed)));
        Assert.Equal(CanonicalJson.Serialize(Statement.WithoutProofs(signed)), CanonicalJson.Serialize(read.ToJson()));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Refuses_WhenAMemberIsMissingUnknownOrOfAnotherKind(TradeStep step)
    {
        var good = TradeSamples.Sign(TradeSamples.Message(step).ToJson(), TradeSamples.Payer);
        foreach (var name in good.Select(m => m.Key).ToList())
        {
            if (name != "proof")
            {
                Refused(good, j => j[name] = new JsonObject());
                Refused(good, j => j[name] = -1);
            }

            Refused(good, j => j.Remove(name));
        }

        Refused(good, j => j["extra"] = 1);
    }

    [Theory]
    [InlineData("amountMinor", "0")]
    [InlineData("amountMinor", "-5")]
    [InlineData("amountMinor", "+5")]
    [InlineData("amountMinor", "05")]
    [InlineData("amountMinor", "9223372036854775808")]
    [InlineData("amountMinor", "1.5")]
    [InlineData("unit", "eur")]
    [InlineData("unit", "E")]
    [InlineData("kind", "gift")]
    [InlineData("payee", null)]
    [InlineData("payer", "0198A0B0-0000-7000-8000-00000000000A")]
    [InlineData("validUntil", "2026-11-23")]
    [InlineData("memo", "a\u0001b")]
    [InlineData("request", "AAAA")]
    [InlineData("prev", "AAAA")]
    public void Refuses_WhenAnOfferIsOutOfBounds(string member, string? value) =>
        Refused(TradeSamples.Sign(TradeSamples.Message(TradeStep.Prepare).ToJson(), TradeSamples.Payer), j => j[member] = value);

    [Fact]
    public void Refuses_WhenBalancesAreOutOfOrderOrTooMany()
    {
        var good = TradeSamples.Sign(TradeSamples.Message(TradeStep.Statement).ToJson(), TradeSamples.Payer);
        Refused(good, j => j["balances"]!.AsArray().Add(j["balances"]![0]!.DeepClone()));
        Refused(good, j => j["balances"] = new JsonArray([.. Enumerable.Range(0, 33).Select(i => (JsonNode)new JsonObject
        {
            ["unit"] = $"U{i:00}", ["balanceMinor"] = "0", ["inFlight"] = new JsonArray(),
        })]));
        Refused(good, j => j["balances"]![0]!["inFlight"]!.AsArray().Add(TradeSamples.Id.ToString("D")));
    }

    private static void Refused(JsonObject good, Action<JsonObject> spoil)
    {
        var bad = good.DeepClone().AsObject();
        spoil(bad);
        Assert.Equal(TradeCodes.Malformed, Assert.Throws<TradeException>(() => TradeReader.Read(bad)).Code);
    }
}
