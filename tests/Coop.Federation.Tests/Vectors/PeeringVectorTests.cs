using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Messages;
using Coop.Federation.Peering;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Vectors;

public class PeeringVectorTests
{
    private static readonly JsonElement Vectors = VectorFile.Read("peering.json");

    [Fact]
    public void ReadsAndWritesTheSame_AndBelievesTheSigners() => Assert.All(Vectors.List("valid"), vector =>
    {
        var signed = SignedTerms.Parse(vector.Text("terms"));
        Assert.Equal(vector.Text("terms"), signed.Text);
        Assert.Equal(vector.Text("hash"), signed.Terms.Hash);
        var withoutProof = signed.ToJson();
        withoutProof.Remove("proof");
        Assert.Equal(CanonicalJson.Serialize(withoutProof), CanonicalJson.Serialize(signed.Terms.ToJson()));
        var signers = vector.List("signers").Select(s => s.GetString()).ToList();
        Assert.All(
            new[] { signed.Terms.Proposer.Who.Did, signed.Terms.Other.Who.Did },
            did => Assert.Equal(signers.Contains(did), signed.IsSignedBy(did, Find)));
    });

    [Fact]
    public void BelievesNobodyWhoDidNotSign() => Assert.All(Vectors.List("unsigned"), vector =>
    {
        var signed = SignedTerms.Parse(vector.Text("terms"));
        Assert.True(signed.Names(vector.Text("did")), vector.Text("name"));
        Assert.False(signed.IsSignedBy(vector.Text("did"), Find), vector.Text("name"));
    });

    [Fact]
    public void RefusesTheInvalid_WithTheirCodes() => Assert.All(Vectors.List("invalid"), vector =>
    {
        var e = Assert.Throws<PeeringException>(() => SignedTerms.Parse(vector.Text("terms")));
        Assert.True(vector.Text("code") == e.Code, $"{vector.Text("name")}: {e.Code}, {e.Message}");
    });

    [Fact]
    public void TheFingerprintIsTheSameOnBothSides()
    {
        var vector = Vectors.GetProperty("fingerprint");
        var of = vector.List("of").Select(d => PeerDescriptor.Parse(JsonNode.Parse(d.GetRawText())!.AsObject())).ToList();
        Assert.Equal(vector.Text("text"), PeerFingerprint.Of(of[0], of[1]));
        Assert.Equal(vector.Text("text"), PeerFingerprint.Of(of[1], of[0]));
    }

    [Fact]
    public void TheFingerprintChangesWithEachKeyAndName()
    {
        var of = Vectors.GetProperty("fingerprint").List("of").Select(d => PeerDescriptor.Parse(JsonNode.Parse(d.GetRawText())!.AsObject())).ToList();
        var right = PeerFingerprint.Of(of[0], of[1]);
        Assert.NotEqual(right, PeerFingerprint.Of(of[0] with { Did = of[0].Did + "x" }, of[1]));
        Assert.NotEqual(right, PeerFingerprint.Of(of[0] with { LogKey = of[1].LogKey }, of[1]));
        Assert.NotEqual(right, PeerFingerprint.Of(of[0] with { WitnessKey = of[1].WitnessKey }, of[1]));
    }

    [Fact]
    public void SignsRequests_ToTheSameBytes() => Assert.All(Vectors.List("requests"), vector =>
    {
        using var key = Ed25519Key.FromSeed(Vectors.Bytes("firstSeed"));
        var signature = Parse(vector);
        var headers = RequestSigner.Sign(
            vector.Text("method"), vector.Text("targetUri"), vector.Text("destination"), Body(vector), signature.KeyId, key,
            signature.Nonce, signature.Created);
        Assert.Equal(vector.Text("signatureInput"), headers.SignatureInput);
        Assert.Equal(vector.Text("signature"), headers.Signature);
        Assert.Equal(vector.GetProperty("contentDigest").GetString(), headers.ContentDigest);
    });

    [Fact]
    public void BelievesRequests_AndNoOtherOnes() => Assert.All(Vectors.List("requests"), vector =>
    {
        var signature = Parse(vector);
        signature.CheckFor(vector.Text("destination"), signature.Created);
        signature.CheckSignature(Find(signature.KeyId)!, vector.Text("method"), vector.Text("targetUri"));
        signature.CheckBody((Body(vector) ?? default).Span);
        Assert.Throws<MessageException>(
            () => signature.CheckSignature(Find(signature.KeyId)!, vector.Text("method"), vector.Text("targetUri") + "/"));
    });

    private static RequestSignature Parse(JsonElement vector) => RequestSignature.Parse(
        [vector.Text("signatureInput")], [vector.Text("signature")],
        vector.GetProperty("contentDigest").GetString() is { } digest ? [digest] : [], [vector.Text("destination")],
        Body(vector) is not null);

    private static ReadOnlyMemory<byte>? Body(JsonElement vector) =>
        vector.GetProperty("body").GetString() is { } body ? Encoding.UTF8.GetBytes(body) : (ReadOnlyMemory<byte>?)null;

    private static VerificationKey? Find(string keyId) => Vectors.GetProperty("keys").TryGetProperty(keyId, out var key)
        ? VerificationKey.ParseMultikey(key.GetString()!)
        : null;
}
