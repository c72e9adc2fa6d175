using System.Text;
using Coop.Federation.Log;
using Coop.Federation.Log.Merkle;
using Coop.Identity.Json;

namespace Coop.Federation.Tests.Vectors;

public class LogEntryVectorTests
{
    private static readonly System.Text.Json.JsonElement Vectors = VectorFile.Read("log-entry.json");

    [Fact]
    public void Reads_AndWrites_TheValid()
    {
        foreach (var vector in Vectors.List("valid"))
        {
            var bytes = Encoding.UTF8.GetBytes(vector.Text("entry"));
            Assert.True(LogEntry.TryParse(bytes, out var entry), vector.Text("name"));
            Assert.Equal(bytes, entry!.Encode());
            Assert.Equal(vector.Bytes("leafHash"), TreeHash.Leaf(bytes));
            Assert.True(CanonicalJson.IsCanonical(bytes));
        }
    }

    [Fact]
    public void Refuses_TheInvalid() => Assert.All(
        Vectors.List("invalid"),
        vector => Assert.False(LogEntry.TryParse(Encoding.UTF8.GetBytes(vector.Text("entry")), out _), vector.Text("name")));

    [Fact]
    public void Hashes_Payloads() => Assert.All(
        Vectors.List("payloadHash"),
        vector => Assert.Equal(
            vector.Bytes("payloadHash"),
            PayloadHash.Compute(vector.Bytes("salt"), Encoding.UTF8.GetBytes(vector.Text("payload")))));
}
