using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;
using Coop.Identity.Status;
using Coop.Identity.Tests.Credentials;

namespace Coop.Identity.Tests.Judges;

/// <summary>What other people's implementations issue verifies here, and tampered is refused.</summary>
public sealed class TheirsBeforeUsTests(Judge judge)
{
    private const string Context20 = "https://www.w3.org/ns/credentials/v2";
    private const string Context11 = "https://www.w3.org/2018/credentials/v1";

    private static readonly DateTimeOffset Begin = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task DigitalBazaar_DataIntegrity()
    {
        var theirs = (await judge.AskAsync("digitalbazaar", "generateKey", []))!;
        var issued = await judge.AskAsync("digitalbazaar", "issue", new()
        {
            ["document"] = Vcdm20(theirs["did"]!.GetValue<string>()),
            ["key"] = theirs["key"]!.DeepClone(),
        });
        await AssertValidAsync(issued!.ToJsonString());

        issued["credentialSubject"]!["favourite"] = "pears";
        var report = await Cast.VerifyAsync(issued.ToJsonString());
        Assert.Equal((Verdict.Invalid, CredentialCodes.Signature), (report.Verdict, report.Proof.Code));
    }

    [Fact]
    public async Task DidKit_Vcdm11()
    {
        var jwk = (await judge.AskAsync("didkit", "generateKey", []))!;
        var issued = await judge.AskAsync("didkit", "issue", new() { ["jwk"] = jwk.DeepClone(), ["credential"] = Vcdm11() });
        await AssertValidUntilTamperedAsync(issued!.GetValue<string>());
    }

    [Fact]
    public async Task DidJwtVc_Vcdm11()
    {
        var seed = Enumerable.Repeat((byte)9, 32).ToArray();
        var issuer = IssuerKey.OfDidKey(Ed25519Key.FromSeed(seed));
        var issued = await judge.AskAsync("didJwtVc", "issue", new()
        {
            ["payload"] = new JsonObject
            {
                ["sub"] = Cast.Holder.Did,
                ["nbf"] = Begin.ToUnixTimeSeconds(),
                ["vc"] = Vcdm11(),
            },
            ["did"] = issuer.Did,
            ["kid"] = issuer.Id,
            ["algorithm"] = "EdDSA",
            ["secret"] = Convert.ToBase64String(seed),
        });
        await AssertValidUntilTamperedAsync(issued!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Jose_VcJwt(bool isP256)
    {
        var (issuer, secret) = Secret(isP256);
        var issued = await judge.AskAsync("jose", "sign", new()
        {
            ["header"] = new JsonObject { ["alg"] = issuer.Key.Public.JwsAlgorithm, ["kid"] = issuer.Id, ["typ"] = "vc+jwt" },
            ["payload"] = Vcdm20(issuer.Did),
            ["jwk"] = secret,
        });
        await AssertValidUntilTamperedAsync(issued!.GetValue<string>());
    }

    [Fact]
    public async Task SdJwtVc_WithDisclosuresDecoysAndKeyBinding()
    {
        const string Audience = "https://coop.example";
        const string Nonce = "n-0S6_WzA2Mj";
        var (issuer, secret) = Secret(isP256: true);
        var (holder, holderSecret) = Secret(isP256: true);
        var issued = await judge.AskAsync("sdJwt", "issue", new()
        {
            ["payload"] = new JsonObject
            {
                ["iss"] = issuer.Did,
                ["iat"] = Cast.Now.ToUnixTimeSeconds(),
                ["vct"] = "https://bakery.example/types/member",
                ["name"] = "Zoë",
                ["town"] = "Örebro",
                ["cnf"] = new JsonObject { ["jwk"] = holder.Key.Public.ToJwk() },
            },
            ["disclosable"] = new JsonArray("name", "town"),
            ["decoys"] = 3,
            ["header"] = new JsonObject { ["kid"] = issuer.Id, ["typ"] = "dc+sd-jwt" },
            ["issuerSecret"] = secret,
        });
        var presented = (await judge.AskAsync("sdJwt", "present", new()
        {
            ["sdJwt"] = issued!.GetValue<string>(),
            ["frame"] = new JsonObject { ["name"] = true },
            ["aud"] = Audience,
            ["nonce"] = Nonce,
            ["iat"] = Cast.Now.ToUnixTimeSeconds(),
            ["holderSecret"] = holderSecret,
        }))!.GetValue<string>();

        var asked = new VerificationRequest { Audience = Audience, Nonce = Nonce, IsHolderRequired = true };
        var report = await Cast.VerifyAsync(presented, asked);
        Assert.Equal((Verdict.Valid, null), (report.Verdict, report.FirstObstacle));
        Assert.Equal("Zoë", report.Content!.Claims["name"]!.GetValue<string>());
        Assert.False(report.Content.Claims.ContainsKey("town"));

        report = await Cast.VerifyAsync(presented, asked with { Nonce = "another" });
        Assert.Equal((Verdict.Invalid, CredentialCodes.NonceMismatch), (report.Verdict, report.AudienceAndNonce.Code));
        report = await Cast.VerifyAsync(Cast.Tampered(presented), asked);
        Assert.Equal((Verdict.Invalid, CredentialCodes.Signature), (report.Verdict, report.Proof.Code));
    }

    [Fact]
    public async Task DigitalBazaar_StatusList()
    {
        var encoded = await judge.AskAsync("bitstring", "encode", new() { ["length"] = 131_072, ["set"] = new JsonArray(0, 77, 131_071) });
        var list = encoded!.GetValue<string>();
        Assert.Equal(
            [0, 77, 131_071],
            new[] { 0, 1, 76, 77, 78, 131_070, 131_071 }.Where(i => BitstringStatusList.IsSet(list, i)));
    }

    private static async Task AssertValidUntilTamperedAsync(string jwt)
    {
        await AssertValidAsync(jwt);
        var report = await Cast.VerifyAsync(Cast.Tampered(jwt));
        Assert.Equal((Verdict.Invalid, CredentialCodes.Signature), (report.Verdict, report.Proof.Code));
    }

    private static async Task AssertValidAsync(string text)
    {
        var report = await Cast.VerifyAsync(text);
        Assert.Equal((Verdict.Valid, null), (report.Verdict, report.FirstObstacle));
    }

    private static JsonObject Vcdm20(string issuer) => new()
    {
        ["@context"] = new JsonArray(Context20),
        ["id"] = "urn:uuid:019aab9e-0000-7000-8000-000000000002",
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = issuer,
        ["validFrom"] = $"{Begin:yyyy-MM-ddTHH:mm:ssZ}",
        ["credentialSubject"] = new JsonObject { ["id"] = Cast.Holder.Did, ["favourite"] = "apples" },
    };

    private static JsonObject Vcdm11() => new()
    {
        ["@context"] = new JsonArray(Context11),
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuanceDate"] = $"{Begin:yyyy-MM-ddTHH:mm:ssZ}",
        ["credentialSubject"] = new JsonObject { ["id"] = Cast.Holder.Did },
    };

    /// <summary>A key of ours, and its private JWK for the judge to sign with.</summary>
    private static (IssuerKey Key, JsonObject Secret) Secret(bool isP256)
    {
        if (isP256)
        {
            using var made = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
            var p256 = P256Key.FromPkcs8(made.ExportPkcs8PrivateKey());
            var jwk = p256.Public.ToJwk();
            jwk["d"] = Base64Url.Encode(made.ExportParameters(includePrivateParameters: true).D!);
            return (IssuerKey.OfDidKey(p256), jwk);
        }

        var key = Ed25519Key.Generate();
        var secret = key.Public.ToJwk();
        secret["d"] = Base64Url.Encode(key.ExportSeed());
        return (IssuerKey.OfDidKey(key), secret);
    }
}
