using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Credentials.DataIntegrity;

/// <summary>W3C Data Integrity EdDSA Cryptosuites 1.0, appendix "Representation: eddsa-jcs-2022".</summary>
public sealed class EddsaJcs2022Tests : IDisposable
{
    private const string Document = """
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
          "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
          "type": ["VerifiableCredential", "AlumniCredential"],
          "name": "Alumni Credential",
          "description": "A minimum viable example of an Alumni Credential.",
          "issuer": "https://vc.example/issuers/5678",
          "validFrom": "2023-01-01T00:00:00Z",
          "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}
        }
        """;

    private const string Multikey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    private readonly Ed25519Key _key =
        Ed25519Key.FromSeed(Base58Btc.DecodeMultibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq").AsSpan(2));

    [Fact]
    public void Hashes_AsTheVector()
    {
        var proof = Options();
        proof["type"] = EddsaJcs2022.ProofType;
        proof["cryptosuite"] = EddsaJcs2022.Cryptosuite;
        proof["@context"] = Parse(Document)["@context"]!.DeepClone();
        Assert.Equal(
            "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
            + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19",
            Convert.ToHexStringLower(EddsaJcs2022.HashData(Parse(Document), proof)));
    }

    [Fact]
    public void Signs_AsTheVector()
    {
        var signed = EddsaJcs2022.Sign(Parse(Document), Options(), _key);
        Assert.Equal(
            "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
            signed["proof"]!["proofValue"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(signed["@context"], signed["proof"]!["@context"]));
        Assert.Equal(ProofCheck.Valid, EddsaJcs2022.Verify(signed, VerificationKey.ParseMultikey(Multikey)));
    }

    [Fact]
    public void Refuses_EveryChange()
    {
        var signed = EddsaJcs2022.Sign(Parse(Document), Options(), _key);
        foreach (var (name, _) in Parse(Document))
        {
            var changed = Copy(signed);
            changed[name] = "changed";
            Assert.NotEqual(ProofCheck.Valid, EddsaJcs2022.Verify(changed, _key.Public));
            changed.Remove(name);
            Assert.NotEqual(ProofCheck.Valid, EddsaJcs2022.Verify(changed, _key.Public));
        }

        foreach (var (name, _) in signed["proof"]!.AsObject().ToArray())
        {
            var changed = Copy(signed);
            changed["proof"]![name] = "changed";
            Assert.NotEqual(ProofCheck.Valid, EddsaJcs2022.Verify(changed, _key.Public));
            changed["proof"]!.AsObject().Remove(name);
            Assert.NotEqual(ProofCheck.Valid, EddsaJcs2022.Verify(changed, _key.Public));
        }

        var more = Copy(signed);
        more["more"] = true;
        Assert.Equal(ProofCheck.BadSignature, EddsaJcs2022.Verify(more, _key.Public));
        more = Copy(signed);
        more["proof"]!["more"] = true;
        Assert.Equal(ProofCheck.BadSignature, EddsaJcs2022.Verify(more, _key.Public));
        using var other = Ed25519Key.Generate();
        Assert.Equal(ProofCheck.BadSignature, EddsaJcs2022.Verify(signed, other.Public));
    }

    [Fact]
    public void Allows_ContextsAfterTheSignedOnes_AndNoOthers()
    {
        var signed = EddsaJcs2022.Sign(Parse(Document), Options(), _key);
        signed["@context"]!.AsArray().Add("https://example.org/later");
        Assert.Equal(ProofCheck.Valid, EddsaJcs2022.Verify(signed, _key.Public));

        var before = Copy(signed);
        before["@context"]!.AsArray().Insert(0, "https://example.org/before");
        Assert.Equal(ProofCheck.ContextMismatch, EddsaJcs2022.Verify(before, _key.Public));
        before.Remove("@context");
        Assert.Equal(ProofCheck.ContextMismatch, EddsaJcs2022.Verify(before, _key.Public));
    }

    [Fact]
    public void Signs_ADocumentWithoutContext()
    {
        var signed = EddsaJcs2022.Sign(new JsonObject { ["versionId"] = "1-Q" }, Options(), _key);
        Assert.False(signed["proof"]!.AsObject().ContainsKey("@context"));
        Assert.Equal(ProofCheck.Valid, EddsaJcs2022.Verify(signed, _key.Public));
    }

    [Fact]
    public void Calls_OtherSuitesAndChainsUnsupported()
    {
        var signed = EddsaJcs2022.Sign(Parse(Document), Options(), _key);
        var suite = Copy(signed);
        suite["proof"]!["cryptosuite"] = "eddsa-rdfc-2022";
        Assert.Equal(ProofCheck.Unsupported, EddsaJcs2022.Verify(suite, _key.Public));
        var chain = Copy(signed);
        chain["proof"]!["previousProof"] = "urn:uuid:1";
        Assert.Equal(ProofCheck.Unsupported, EddsaJcs2022.Verify(chain, _key.Public));
        using var p256 = P256Key.Generate();
        Assert.Equal(ProofCheck.Unsupported, EddsaJcs2022.Verify(signed, p256.Public));
        Assert.Throws<ArgumentException>(() => EddsaJcs2022.Sign(Parse(Document), Options(), p256));
    }

    public void Dispose() => _key.Dispose();

    private static JsonObject Options() => new()
    {
        ["created"] = "2023-02-24T23:36:38Z",
        ["verificationMethod"] = $"did:key:{Multikey}#{Multikey}",
        ["proofPurpose"] = "assertionMethod",
    };

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonObject Copy(JsonObject json) => json.DeepClone().AsObject();
}
