using Coop.Federation.Messages;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Messages;

public sealed class RequestSignatureTests : IDisposable
{
    private const string Uri = "https://beech.example/federation/claims?x=1";
    private const string Beech = "did:webvh:abc:beech.example";
    private const string KeyId = "did:webvh:def:acorn.example#z6Mk";
    private const string Nonce = "bm9uY2U-_1";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly byte[] Body = "{\"a\":1}"u8.ToArray();

    private readonly Ed25519Key _key = Ed25519Key.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Signed_IsBelieved()
    {
        var signature = Read(Sign());
        Assert.Equal((KeyId, Nonce, Beech), (signature.KeyId, signature.Nonce, signature.Destination));
        Assert.Equal(Now, signature.Created);
        signature.CheckFor(Beech, Now);
        signature.CheckSignature(_key.Public, "POST", Uri);
        signature.CheckBody(Body);
    }

    [Fact]
    public void Signed_WithoutABody_IsBelieved_AndMustHaveNone()
    {
        var headers = RequestSigner.Sign("GET", Uri, Beech, null, KeyId, _key, Nonce, Now);
        Assert.Null(headers.ContentDigest);
        var signature = RequestSignature.Parse([headers.SignatureInput], [headers.Signature], [], [Beech], hasBody: false);
        signature.CheckSignature(_key.Public, "GET", Uri);
        signature.CheckBody([]);
        Assert.Equal(MessageCodes.DigestMismatch, Code(() => signature.CheckBody(Body)));
    }

    [Theory]
    [InlineData("PUT", Uri)]
    [InlineData("POST", Uri + "2")]
    [InlineData("POST", "http://beech.example/federation/claims?x=1")]
    public void OtherRequest_IsRefused(string method, string uri) =>
        Assert.Equal(MessageCodes.SignatureWrong, Code(() => Read(Sign()).CheckSignature(_key.Public, method, uri)));

    [Fact]
    public void OtherKeyBodyOrDestination_IsRefused()
    {
        using var other = Ed25519Key.Generate();
        using var p256 = P256Key.Generate();
        var signature = Read(Sign());
        Assert.Equal(MessageCodes.SignatureWrong, Code(() => signature.CheckSignature(other.Public, "POST", Uri)));
        Assert.Equal(MessageCodes.SignatureWrong, Code(() => signature.CheckSignature(p256.Public, "POST", Uri)));
        Assert.Equal(MessageCodes.DigestMismatch, Code(() => signature.CheckBody([.. Body, 1])));
        Assert.Equal(MessageCodes.DestinationWrong, Code(() => signature.CheckFor("did:webvh:def:acorn.example", Now)));
    }

    [Fact]
    public void Destination_IsCovered()
    {
        var redirected = Read(Sign() with { Destination = "did:web:evil.example" });
        Assert.Equal(MessageCodes.SignatureWrong, Code(() => redirected.CheckSignature(_key.Public, "POST", Uri)));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(61, MessageCodes.SignatureStale)]
    [InlineData(-30, null)]
    [InlineData(-31, MessageCodes.SignatureFuture)]
    public void Age_IsBounded(int ageSeconds, string? code) =>
        Assert.Equal(code, Code(() => Read(Sign()).CheckFor(Beech, Now.AddSeconds(ageSeconds))));

    [Theory]
    [InlineData(300, null)]
    [InlineData(301, MessageCodes.SignatureLifetime)]
    [InlineData(0, MessageCodes.SignatureLifetime)]
    [InlineData(-5, MessageCodes.SignatureLifetime)]
    public void Lifetime_IsBounded(int seconds, string? code)
    {
        var created = Now.ToUnixTimeSeconds();
        var changed = Sign();
        changed = changed with
        {
            SignatureInput = changed.SignatureInput.Replace(
                $"expires={created + 60}", $"expires={created + seconds}", StringComparison.Ordinal),
        };
        Assert.Equal(code, Code(() => Read(changed).CheckFor(Beech, Now)));
    }

    [Theory]
    [InlineData("sig1=", "SIG1=", MessageCodes.SignatureMalformed)]
    [InlineData("sig1=", "", MessageCodes.SignatureMalformed)]
    [InlineData("(\"@method\" ", "(\"@method\"  ", MessageCodes.SignatureMalformed)]
    [InlineData("(\"@method\" ", "(", MessageCodes.SignatureComponents)]
    [InlineData("(\"@method\" ", "(\"@method\" \"@method\" ", MessageCodes.SignatureComponents)]
    [InlineData("\"@method\"", "\"@method\";req", MessageCodes.SignatureMalformed)]
    [InlineData("\"content-digest\" ", "", MessageCodes.SignatureComponents)]
    [InlineData("alg=\"ed25519\"", "alg=\"hmac-sha256\"", MessageCodes.SignatureComponents)]
    [InlineData(";alg=\"ed25519\"", "", MessageCodes.SignatureMalformed)]
    [InlineData("tag=\"coop-federation\"", "tag=\"other\"", MessageCodes.SignatureComponents)]
    [InlineData(";nonce=\"bm9uY2U-_1\"", "", MessageCodes.SignatureMalformed)]
    [InlineData("nonce=\"bm9uY2U-_1\"", "nonce=\"a b\"", MessageCodes.SignatureMalformed)]
    [InlineData("nonce=\"bm9uY2U-_1\"", "nonce=\"a\";nonce=\"b\"", MessageCodes.SignatureMalformed)]
    [InlineData("created=18", "created=018", MessageCodes.SignatureMalformed)]
    [InlineData("created=18", "created=-18", MessageCodes.SignatureMalformed)]
    [InlineData("created=18", "created=99999918", MessageCodes.SignatureMalformed)]
    [InlineData(";tag", "; tag", MessageCodes.SignatureMalformed)]
    [InlineData(";tag", ";x=1;tag", MessageCodes.SignatureMalformed)]
    public void SignatureInput_OfAnotherForm_IsRefused(string right, string wrong, string code)
    {
        var headers = Sign();
        Assert.Contains(right, headers.SignatureInput, StringComparison.Ordinal);
        var input = headers.SignatureInput.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Equal(code, Code(() => Read(headers with { SignatureInput = input })));
    }

    [Fact]
    public void Fields_MissingTwiceOrTooLong_AreRefused()
    {
        var h = Sign();
        string[] none = [], digest = [h.ContentDigest!], input = [h.SignatureInput], signature = [h.Signature], to = [Beech];
        Assert.Equal(MessageCodes.SignatureMissing, Code(() => RequestSignature.Parse(none, signature, digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMissing, Code(() => RequestSignature.Parse(input, none, digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMissing, Code(() => RequestSignature.Parse(input, signature, none, to, true)));
        Assert.Equal(MessageCodes.SignatureMissing, Code(() => RequestSignature.Parse(input, signature, digest, none, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse([.. input, .. input], signature, digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(input, ["sig2" + h.Signature[4..]], digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(input, ["sig1=::"], digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(input, ["sig1=:"], digest, to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(input, signature, ["sha-256=:"], to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(input, signature, ["md5=:AA==:"], to, true)));
        Assert.Equal(MessageCodes.SignatureMalformed, Code(() => RequestSignature.Parse(
            [h.SignatureInput + new string('x', RequestSignature.MaxFieldLength)], signature, digest, to, true)));
    }

    [Fact]
    public void SignatureInput_CutOffAnywhere_IsRefused()
    {
        var headers = Sign();
        for (var length = 1; length < headers.SignatureInput.Length; length++)
        {
            Assert.NotNull(Code(() => Read(headers with { SignatureInput = headers.SignatureInput[..length] })));
        }
    }

    // RFC 9421, appendix B.2.6, with the key of B.1.4; Ed25519 gives one signature for a text.
    [Fact]
    public void SignatureBase_IsTheOneOfTheRfc()
    {
        (string, string)[] components =
        [
            ("date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("@method", "POST"), ("@path", "/foo"), ("@authority", "example.com"),
            ("content-type", "application/json"), ("content-length", "18"),
        ];
        const string Parameters =
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
        var key = VerificationKey.FromBytes(
            KeyType.Ed25519, Convert.FromBase64String("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));
        var signature = Convert.FromBase64String(
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
        Assert.True(key.Verify(SignatureBase.Create(components, Parameters), signature));
        Assert.False(key.Verify(SignatureBase.Create(components.Reverse(), Parameters), signature));
    }

    // RFC 9530, appendix D (the body ends with a newline).
    [Fact]
    public void Digest_IsTheOneOfTheRfc() => Assert.Equal(
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", ContentDigest.Of("{\"hello\": \"world\"}\n"u8));

    private SignedHeaders Sign() => RequestSigner.Sign("POST", Uri, Beech, Body, KeyId, _key, Nonce, Now);

    private static RequestSignature Read(SignedHeaders headers) => RequestSignature.Parse(
        [headers.SignatureInput], [headers.Signature], [headers.ContentDigest!], [headers.Destination], hasBody: true);

    private static string? Code(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (MessageException e)
        {
            return e.Code;
        }
    }
}
