using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Log;

public class LogEntryTests
{
    private static readonly LogEntry Example = new(
        "coop.example/log", 7, TreeHash.Leaf("before"u8), new Guid("0198a0b0-0000-7000-8000-000000000001"),
        "vote.cast", "member:q83vEjRWeJCrze8SNFZ4kA", new DateTimeOffset(2026, 11, 22, 18, 43, 1, 20, TimeSpan.Zero),
        "proposal:0198a0b0-0000-7000-8000-000000000002", new byte[32], Visibility.Private);

    [Fact]
    public void Encodes_AsCanonicalJson()
    {
        var bytes = Example.Encode();
        Assert.True(CanonicalJson.IsCanonical(bytes));
        Assert.Equal(
            """{"actor":"member:q83vEjRWeJCrze8SNFZ4kA","id":"0198a0b0-0000-7000-8000-000000000001","origin":"coop.example/log","payloadHash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","prev":"""
            + $"\"{Convert.ToBase64String(TreeHash.Leaf("before"u8))}\""
            + ""","seq":7,"subject":"proposal:0198a0b0-0000-7000-8000-000000000002","time":"2026-11-22T18:43:01.020Z","type":"vote.cast","v":1,"visibility":"private"}""",
            Encoding.ASCII.GetString(bytes));
    }

    [Fact]
    public void Reads_WhatItWrote()
    {
        Assert.True(LogEntry.TryParse(Example.Encode(), out var entry));
        Assert.Equal(Example.Encode(), entry!.Encode());
        Assert.Equal(Example.Id, entry.Id);
        Assert.Equal(Example.Time, entry.Time);
        Assert.Equal(Example.Prev.ToArray(), entry.Prev.ToArray());
    }

    [Fact]
    public void WhateverIsRead_EncodesToTheSameBytes_WhenAnyByteIsReplaced()
    {
        var bytes = Example.Encode();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var value = 0; value <= byte.MaxValue; value++)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] = (byte)value;
                if (LogEntry.TryParse(changed, out var entry))
                {
                    Assert.Equal(changed, entry!.Encode());
                }
            }
        }
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"v\":1", "\"v\":1.0")]
    [InlineData("\"seq\":7", "\"seq\":07")]
    [InlineData("\"seq\":7", "\"seq\":-7")]
    [InlineData("\"seq\":7", "\"seq\":9007199254740992")]
    [InlineData("\"seq\":7", "\"seq\":\"7\"")]
    [InlineData("18:43:01.020Z", "18:43:60.020Z")]
    [InlineData("2026-11-22", "2026-02-30")]
    [InlineData("2026-11-22", "0000-11-22")]
    [InlineData("0198a0b0-0000-7000-8000-000000000001", "0198A0B0-0000-7000-8000-000000000001")]
    [InlineData("AAAAAAA=\"", "AAAAAAB=\"")]
    [InlineData("AAAAAAA=\"", "AAAAA=\"")]
    [InlineData("private", "secret")]
    [InlineData("vote.cast", "")]
    [InlineData("vote.cast", "vote\\u002ecast")]
    [InlineData("vote.cast", "vote cast")]
    [InlineData(",\"v\":1", "")]
    [InlineData("}", "} ")]
    [InlineData("}", ",\"x\":1}")]
    [InlineData("{", " {")]
    public void Refuses_WhatIsNotCanonical(string from, string to)
    {
        var text = Encoding.ASCII.GetString(Example.Encode());
        Assert.Contains(from, text, StringComparison.Ordinal);
        var changed = Encoding.ASCII.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        Assert.False(LogEntry.TryParse(changed, out _));
    }

    [Fact]
    public void Encode_RefusesFieldsOutsideTheGrammar()
    {
        Assert.Throws<FormatException>(() => (Example with { Actor = "" }).Encode());
        Assert.Throws<FormatException>(() => (Example with { Actor = "Ada Lovelace" }).Encode());
        Assert.Throws<FormatException>(() => (Example with { Subject = new string('x', 256) }).Encode());
        Assert.Throws<FormatException>(() => (Example with { Type = "é" }).Encode());
        Assert.Throws<FormatException>(() => (Example with { Seq = -1 }).Encode());
        Assert.Throws<FormatException>(() => (Example with { Prev = new byte[31] }).Encode());
    }
}
