using System.Text;
using System.Text.Json;
using Coop.Federation.Claims;
using Coop.Federation.Tests.Vectors;
using Coop.Federation.Trade;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Trade;

/// <summary>specs/vectors/trade.json: one chain of messages with their hashes, and such as must be refused.</summary>
public sealed class TradeVectorTests
{
    private static readonly JsonElement Vectors = VectorFile.Read("trade.json");

    [Fact]
    public void ValidMessages_HaveTheirBytesAndMakeAChain()
    {
        var head = TradeHead.Start;
        foreach (var vector in Vectors.List("valid"))
        {
            var text = Encoding.UTF8.GetBytes(vector.Text("message"));
            var json = Statement.Parse(text);
            var read = TradeReader.Read(json);
            Statement.Verify(json, TradeSamples.Payer.Key.Public);
            Assert.Equal(vector.Text("step"), TradeSteps.NameOf(read.Step));
            Assert.Equal(head, read.Previous);
            Assert.Equal(CanonicalJson.Serialize(Statement.WithoutProofs(json)), CanonicalJson.Serialize(read.ToJson()));
            Assert.Equal(text, CanonicalJson.Serialize(TradeSamples.Sign(read.ToJson(), TradeSamples.Payer)));
            head = TradeMessage.HeadAfter(json, read);
            Assert.Equal(vector.Text("hash"), head.Hash);
        }
    }

    [Fact]
    public void InvalidMessages_AreRefusedWithTheirCodes() => Assert.All(Vectors.List("invalid"), vector =>
    {
        var code = Record.Exception(() => Read(Encoding.UTF8.GetBytes(vector.Text("message")))) switch
        {
            TradeException e => e.Code,
            StatementException e => e.Code,
            _ => null,
        };
        Assert.True(vector.Text("code") == code, $"{vector.Text("name")}: {code ?? "taken"}");
    });

    private static void Read(byte[] text)
    {
        var json = Statement.Parse(text);
        TradeReader.Read(json);
        Statement.Verify(json, TradeSamples.Payer.Key.Public);
    }
}
