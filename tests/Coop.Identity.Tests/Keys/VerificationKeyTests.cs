using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Keys;

public class VerificationKeyTests
{
    // did:key method, test vectors, and the JWKs that they give; RFC 8037, appendix A; did:jwk, examples.
    public static TheoryData<KeyType, string, string, string?> Known => new()
    {
        { KeyType.Ed25519, "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik", null },
        { KeyType.P256, "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns", "efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM" },
        { KeyType.Secp256k1, "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "h0wVx_2iDlOcblulc8E5iEw1EYh5n1RYtLQfeSTyNc0", "O2EATIGbu6DezKFptj5scAIRntgfecanVNXxat1rnwE" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Reads_AndWrites_KnownKeys(KeyType type, string multikey, string x, string? y)
    {
        var key = VerificationKey.ParseMultikey(multikey);
        Assert.Equal(type, key.Type);
        Assert.Equal(multikey, key.ToMultikey());
        var jwk = key.ToJwk();
        Assert.Equal(x, jwk["x"]!.GetValue<string>());
        Assert.Equal(y, jwk["y"]?.GetValue<string>());
        Assert.Equal(key, VerificationKey.FromJwk(jwk));
        Assert.Equal(key, VerificationKey.FromBytes(type, key.Bytes.Span));
    }

    [Fact]
    public void Computes_TheThumbprintOfRfc8037() => Assert.Equal(
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        Okp("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").JwkThumbprint());

    [Fact]
    public void Verifies_TheSignatureOfRfc8037()
    {
        var key = Okp("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        var signature = Base64Url.Decode(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
        Assert.True(key.Verify("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"u8, signature));
        Assert.False(key.Verify("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmd"u8, signature));
    }

    [Fact]
    public void Verifies_TheSignatureOfRfc7515()
    {
        var key = VerificationKey.FromJwk(new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            ["y"] = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        });
        var message = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"u8;
        var signature = Base64Url.Decode(
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
        Assert.True(key.Verify(message, signature));
        Assert.False(key.Verify(message[1..], signature));
        Assert.False(key.Verify(message, signature.AsSpan(1)));
        Assert.False(key.Verify(message, new byte[64]));
    }

    [Fact]
    public void Signs_WhatTheOtherHalfVerifies()
    {
        using var ed25519 = Ed25519Key.Generate();
        using var p256 = P256Key.Generate();
        using var again = P256Key.FromPkcs8(p256.ExportPkcs8());
        Assert.Equal(p256.Public, again.Public);
        foreach (ISigningKey key in new ISigningKey[] { ed25519, p256 })
        {
            var signature = key.Sign("text"u8);
            Assert.Equal(64, signature.Length);
            Assert.True(key.Public.Verify("text"u8, signature));
            Assert.False(key.Public.Verify("texu"u8, signature));
        }

        Assert.False(ed25519.Public.Verify("text"u8, p256.Sign("text"u8)));
    }

    // The eight points whose order divides 8, in every encoding (with the sign of x, and beyond p).
    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    public void Refuses_Ed25519KeysOfSmallOrder(string hex) =>
        AssertRefused(KeyFormatCodes.SmallOrder, () => VerificationKey.FromBytes(KeyType.Ed25519, Convert.FromHexString(hex)));

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p, which is 0 again
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // p + 1
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")] // no x
    public void Refuses_Ed25519KeysThatAreNoPoint(string hex) =>
        AssertRefused(KeyFormatCodes.NotOnCurve, () => VerificationKey.FromBytes(KeyType.Ed25519, Convert.FromHexString(hex)));

    [Theory]
    [InlineData(KeyType.P256)]
    [InlineData(KeyType.Secp256k1)]
    public void Refuses_PointsOffTheCurve(KeyType type)
    {
        // x = 5 is on neither curve, and x = 2^256 - 1 is no element of either field.
        byte[] five = [2, .. new byte[31], 5];
        byte[] beyond = [2, .. Enumerable.Repeat((byte)0xFF, 32)];
        AssertRefused(KeyFormatCodes.NotOnCurve, () => VerificationKey.FromBytes(type, type == KeyType.P256 ? beyond : five));
        AssertRefused(KeyFormatCodes.NotOnCurve, () => VerificationKey.FromBytes(type, beyond));
        AssertRefused(KeyFormatCodes.Length, () => VerificationKey.FromBytes(type, new byte[32]));
        AssertRefused(KeyFormatCodes.NotOnCurve, () => VerificationKey.FromBytes(type, new byte[33]));

        var jwk = VerificationKey.ParseMultikey(type == KeyType.P256
            ? "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"
            : "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme").ToJwk();
        (jwk["x"], jwk["y"]) = (jwk["y"]!.DeepClone(), jwk["x"]!.DeepClone());
        AssertRefused(KeyFormatCodes.NotOnCurve, () => VerificationKey.FromJwk(jwk));
    }

    [Theory]
    [InlineData("", KeyFormatCodes.Base58)]
    [InlineData("z", KeyFormatCodes.Base58)]
    [InlineData("z0", KeyFormatCodes.Base58)]
    [InlineData("f6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", KeyFormatCodes.Base58)]
    [InlineData("6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", KeyFormatCodes.Base58)]
    [InlineData("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW ", KeyFormatCodes.Base58)]
    [InlineData("z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW", KeyFormatCodes.Unsupported)]
    [InlineData("z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", KeyFormatCodes.Unsupported)]
    [InlineData("z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc", KeyFormatCodes.Unsupported)]
    public void Refuses_MalformedMultikeys(string text, string code) =>
        AssertRefused(code, () => VerificationKey.ParseMultikey(text));

    [Fact]
    public void Refuses_OverlongMultikeys_InBoundedTime() =>
        AssertRefused(KeyFormatCodes.Base58, () => VerificationKey.ParseMultikey("z" + new string('z', 1_000_000)));

    [Theory]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}""", KeyFormatCodes.PrivateJwk)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}""", KeyFormatCodes.Base64Url)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}""", KeyFormatCodes.Base64Url)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcH"}""", KeyFormatCodes.Length)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""", KeyFormatCodes.Jwk)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":7}""", KeyFormatCodes.Jwk)]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", KeyFormatCodes.Unsupported)]
    [InlineData("""{"kty":"EC","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", KeyFormatCodes.Unsupported)]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","alg":"ES256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""", KeyFormatCodes.Algorithm)]
    [InlineData("""{"kty":"oct","k":"c2VjcmV0"}""", KeyFormatCodes.PrivateJwk)]
    public void Refuses_UnsuitableJwks(string json, string code) =>
        AssertRefused(code, () => VerificationKey.FromJwk(JsonNode.Parse(json)!.AsObject()));

    private static VerificationKey Okp(string x) =>
        VerificationKey.FromJwk(new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = x });

    private static void AssertRefused(string code, Action action) =>
        Assert.Equal(code, Assert.Throws<KeyFormatException>(action).Code);
}
