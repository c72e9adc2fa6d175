using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Tests.Dids.WebVh;

public class WebVhDidTests
{
    private const string Scid = "QmfGEUAcMpzo25kF2Rhn8L5FAXysfGnkzjwdKoNPi615XQ";

    // The examples of the specification, "The DID to HTTPS Transformation".
    [Theory]
    [InlineData("example.com", "https://example.com/.well-known/")]
    [InlineData("issuer.example.com", "https://issuer.example.com/.well-known/")]
    [InlineData("example.com:dids:issuer", "https://example.com/dids/issuer/")]
    [InlineData("example.com%3A3000:dids:issuer", "https://example.com:3000/dids/issuer/")]
    public void Transforms_ToItsAddresses(string place, string folder)
    {
        var did = WebVhDid.Parse($"did:webvh:{Scid}:{place}");
        Assert.Equal(Scid, did.Scid);
        Assert.Equal(folder + "did.jsonl", did.LogAddress(isPlain: false).AbsoluteUri);
        Assert.Equal(folder + "did-witness.json", did.WitnessAddress(isPlain: false).AbsoluteUri);
        Assert.Equal("did:web:" + place, did.ToDidWeb());
    }

    // Attacks that resolvers of others once fell for (the method's test suite, negative vectors).
    [Theory]
    [InlineData("did:webvh:Qm:example.com")]
    [InlineData("did:webvh:example.com")]
    [InlineData($"did:webvh:{Scid}")]
    [InlineData($"did:webvh:{Scid}:")]
    [InlineData($"did:webvh:{Scid}:example")]
    [InlineData($"did:webvh:{Scid}:127%2E0%2E0%2E1")]
    [InlineData($"did:webvh:{Scid}:127.0.0.1%3a8080")]
    [InlineData($"did:webvh:{Scid}:example.com:..:secret")]
    [InlineData($"did:webvh:{Scid}:example.com:%2e%2e:secret")]
    [InlineData($"did:webvh:{Scid}:example.com%2F..")]
    [InlineData($"did:webvh:{Scid}:example.com#a.evil.example")]
    [InlineData($"did:webvh:{Scid}:example.com?x=1")]
    [InlineData($"did:web:{Scid}:example.com")]
    public void Refuses(string did) =>
        Assert.Equal(DidError.InvalidDid, Assert.Throws<DidException>(() => WebVhDid.Parse(did)).Error);

    [Fact]
    public void Counts_NoWitnessProofOfAnotherDid()
    {
        var rule = new WebVhWitnessRule(1, [DidKey.Create(SampleLog.Key(11).Public)]);
        var one = SampleLog.Create(c => c with { Witness = rule }).Approve(11);
        var other = SampleLog.Create(c => c with { Witness = rule }, "other.example");
        Assert.Null(one.Verify().Fault);
        Assert.Equal(WebVhCodes.WitnessMissing, WebVhVerifier.Verify(other.Bytes, one.Witnesses, other.Time).Fault!.Code);
    }

    // The example of the specification, "Generate Entry Hash".
    [Fact]
    public void Hashes_TheSpecificationsExample() => Assert.Equal(
        "QmQ6FJ4fk2xheSSQoEjVpTgx9AQPKhJgtR9hn1nr4EeCrZ",
        WebVhHash.OfEntry(
            System.Text.Json.Nodes.JsonNode.Parse("""
                {"versionId": "1-x", "versionTime": "2025-04-01T17:39:50Z", "parameters": {"witness": {"threshold": 2, "witnesses": [{"id": "did:key:z6Mkkc51mg2vpQzKWAbWQZupeGYhowaBjYkmvcKMTqteqHB4", "weight": 1}, {"id": "did:key:z6MkuDdJdKLCgwZuQuEi9xG6LVgJJ9Tebr74CXPYPSumqgJs", "weight": 1}, {"id": "did:key:z6MkoSWmQyp4fTk4ZQy4KUsss9dFX51XfEUzKKKj1J1JUsrF", "weight": 1}]}, "updateKeys": ["z6MkgzBDcBFV3sk4ypPE5YXMZHmS213A3HpYY2LmcVKV15jr"], "nextKeyHashes": ["QmZreDcjvWEpyRFznQeExWNCsvMLk5i59AcRJJuQC8UodJ"], "method": "did:webvh:0.5", "scid": "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE"}, "state": {"@context": ["https://www.w3.org/ns/did/v1"], "id": "did:webvh:QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:domain.example"}}
                """)!.AsObject(),
            "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE"));
}
