using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Tests.Json;

public class CanonicalJsonTests
{
    // RFC 8785, appendix B: the bits of a double, and its text.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Writes_NumbersAsEcmaScript(ulong bits, string expected) =>
        Assert.Equal(expected, Canonical(JsonValue.Create(BitConverter.UInt64BitsToDouble(bits))));

    [Fact]
    public void Orders_MembersByUtf16CodeUnits()
    {
        // RFC 8785, section 3.2.3.
        const string input = """
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
             "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """;
        var names = ((JsonObject)JsonNode.Parse(CanonicalJson.Serialize(JsonNode.Parse(input)))!)
            .Select(m => m.Value!.GetValue<string>());
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
             "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            names);
    }

    [Fact]
    public void Writes_TheExampleOfTheRfc()
    {
        // RFC 8785, section 3.2.2 and 3.2.4.
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected =
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(expected, Canonical(JsonNode.Parse(input)));
    }

    [Fact]
    public void Writes_ValuesThatBecomeStringsOnSerialization()
    {
        var id = new Guid("0198a0b0-0000-7000-8000-000000000001");
        Assert.Equal($"\"{id}\"", Canonical(JsonValue.Create(id)));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("9007199254740993")]
    [InlineData("1e999")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("[1,]")]
    [InlineData("")]
    public void Refuses_WhatHasNoCanonicalForm(string json) =>
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(CanonicalJson.Parse(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":[\"\\udc00\\ud800\"]}")]
    [InlineData("{\"\\ud800x\":1}")]
    public void Refuses_LoneSurrogates_WhenItParses(string json) =>
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Refuses_WhatIsNotUtf8_WhenItParses()
    {
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Parse([(byte)'"', 0xC3, (byte)'"']));
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Parse([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
        Assert.Equal("😀\\u", CanonicalJson.Parse("\"\\ud83d\\ude00\\\\u\""u8)!.GetValue<string>());
    }

    [Fact]
    public void Refuses_ALoneSurrogateInAString() =>
        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(JsonValue.Create("a\ud800")));

    [Fact]
    public void Refuses_NestingBeyondTheLimit()
    {
        JsonNode node = new JsonArray();
        for (var i = 0; i <= CanonicalJson.MaxDepth; i++)
        {
            node = new JsonArray(node);
        }

        Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Serialize(node));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":[true,null]}", true)]
    [InlineData("{\"b\":1,\"a\":1}", false)]
    [InlineData("{\"a\": 1}", false)]
    [InlineData("{\"a\":1.0}", false)]
    [InlineData("\"\\u0041\"", false)]
    [InlineData("{\"a\":1}\n", false)]
    public void Tells_CanonicalBytesFromOthers(string json, bool expected) =>
        Assert.Equal(expected, CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(json)));

    private static string Canonical(JsonNode? node) => Encoding.UTF8.GetString(CanonicalJson.Serialize(node));
}
