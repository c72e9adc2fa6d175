using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Dids;

public class DidJwkTests
{
    // The P-256 example of the method's specification.
    private const string Example =
        "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";

    [Fact]
    public void Resolves_TheExample()
    {
        var document = DidJwk.Resolve(Example);
        var method = Assert.Single(document.VerificationMethods);
        Assert.Equal(Example + "#0", method.Id);
        Assert.Equal(KeyType.P256, method.Key.Type);
        Assert.Equal(Example, DidJwk.Create(method.Key));
        Assert.Equal(method, document.Find(Example + "#0", VerificationPurpose.AssertionMethod));
    }

    [Fact]
    public void RoundTrips_AllKinds()
    {
        using var ed25519 = Ed25519Key.Generate();
        using var p256 = P256Key.Generate();
        foreach (var key in new[] { ed25519.Public, p256.Public })
        {
            Assert.Equal(key, DidJwk.KeyOf(DidJwk.Create(key)));
        }
    }

    [Fact]
    public void Lets_AKeyForEncryptionSignNothing()
    {
        using var p256 = P256Key.Generate();
        var jwk = p256.Public.ToJwk();
        jwk["use"] = "enc";
        var did = "did:jwk:" + Base64Url.Encode(Encoding.UTF8.GetBytes(jwk.ToJsonString()));
        var document = DidJwk.Resolve(did);
        Assert.Empty(document.For(VerificationPurpose.AssertionMethod));
        Assert.Single(document.For(VerificationPurpose.KeyAgreement));
    }

    [Theory]
    [InlineData("not json", DidCodes.InvalidIdentifier)]
    [InlineData("[]", DidCodes.InvalidIdentifier)]
    [InlineData("""{"kty":"OKP","kty":"OKP"}""", DidCodes.InvalidIdentifier)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"AA"}""", KeyFormatCodes.PrivateJwk)]
    public void Refuses(string json, string code) => Assert.Equal(
        code,
        Assert.Throws<DidException>(() => DidJwk.Resolve("did:jwk:" + Base64Url.Encode(Encoding.UTF8.GetBytes(json)))).Code);
}
