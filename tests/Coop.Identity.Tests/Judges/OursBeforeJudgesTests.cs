using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Presentations;
using Coop.Identity.Status;
using Coop.Identity.Tests.Credentials;

namespace Coop.Identity.Tests.Judges;

/// <summary>What this code base issues verifies with other people's implementations, and tampered does not.</summary>
public sealed class OursBeforeJudgesTests(Judge judge)
{
    private const string Audience = "https://other.example";
    private const string Nonce = "n-0S6_WzA2Mj";

    [Fact]
    public async Task DigitalBazaar_VerifiesDataIntegrity()
    {
        var credential = JsonNode.Parse(Cast.Issue(CredentialFormat.DataIntegrity, isP256: false))!.AsObject();
        await judge.AskAsync("digitalbazaar", "verify", Given("credential", credential.DeepClone()));

        credential["credentialSubject"]!["memberSince"] = "1999-01-01";
        Assert.Contains("Invalid signature", await judge.RefusesAsync("digitalbazaar", "verify", Given("credential", credential)));
    }

    [Theory]
    [InlineData(EntryStatus.Valid)]
    [InlineData(EntryStatus.Revoked)]
    public async Task DigitalBazaar_LooksUpTheStatus(EntryStatus status)
    {
        const int Index = 4711;
        const string Uri = Issued.StatusBase + "revocation";
        var credential = Cast.Issue(CredentialFormat.DataIntegrity, isP256: false, c => c with
        {
            Status = [new(StatusListKind.Bitstring, StatusPurpose.Revocation, Uri, Index)],
        });
        var bits = new StatusBits(StatusBits.MinCount) { [Index] = status };
        var list = BitstringStatusList.Issue(
            bits, StatusPurpose.Revocation,
            new StatusListOptions(Uri, Issued.Ed25519Issuer.Did, Cast.Now.AddMinutes(-1), Cast.Now.AddHours(1)),
            Issued.Ed25519Issuer, CredentialFormat.DataIntegrity);
        var given = Given("credential", JsonNode.Parse(credential)!);
        given["documents"] = new JsonObject { [Uri] = JsonNode.Parse(list) };

        if (status == EntryStatus.Valid)
        {
            await judge.AskAsync("digitalbazaar", "verify", given);
        }
        else
        {
            await judge.RefusesAsync("digitalbazaar", "verify", given);
        }
    }

    [Fact]
    public async Task DigitalBazaar_UnpacksTheStatusList()
    {
        var bits = new StatusBits(StatusBits.MinCount) { [0] = EntryStatus.Revoked, [77] = EntryStatus.Revoked, [78] = EntryStatus.Suspended };
        var answer = await judge.AskAsync("bitstring", "decode", new()
        {
            ["encodedList"] = BitstringStatusList.Encode(bits, StatusPurpose.Revocation),
            ["indices"] = new JsonArray(0, 1, 76, 77, 78, StatusBits.MinCount - 1),
        });
        Assert.Equal(StatusBits.MinCount, answer!["length"]!.GetValue<int>());
        Assert.Equal([0, 77], answer["set"]!.AsArray().Select(n => n!.GetValue<int>()));
    }

    [Fact]
    public async Task DigitalBazaar_VerifiesAPresentation()
    {
        var credential = Cast.Issue(CredentialFormat.DataIntegrity, isP256: false, c => c with { Subject = Issued.Holder.Did });
        var presentation = PresentationWriter.DataIntegrity([credential], Issued.Ed25519Issuer, new(Audience, Nonce, Cast.Now));
        var given = Given("presentation", JsonNode.Parse(presentation)!);
        given["challenge"] = Nonce;
        given["domain"] = Audience;
        await judge.AskAsync("digitalbazaar", "verifyVp", given.DeepClone().AsObject());

        given["challenge"] = "another";
        await judge.RefusesAsync("digitalbazaar", "verifyVp", given);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Credo_VerifiesVcJwt(bool isP256)
    {
        var jwt = Cast.Issue(CredentialFormat.VcJwt, isP256);
        await judge.AskAsync("credo", "verifyVcJwt", Given("jwt", jwt));
        await judge.RefusesAsync("credo", "verifyVcJwt", Given("jwt", Cast.Tampered(jwt)));
    }

    [Theory]
    [InlineData(CredentialFormat.VcJwt, false)]
    [InlineData(CredentialFormat.VcJwt, true)]
    [InlineData(CredentialFormat.SdJwtVc, true)]
    [InlineData(CredentialFormat.VcJwt11, false)]
    [InlineData(CredentialFormat.VcJwt11, true)]
    public async Task Jose_VerifiesTheSignature(CredentialFormat format, bool isP256)
    {
        var jws = Cast.Issue(format, isP256).Split('~')[0];
        var issuer = Issued.Issuer(isP256);
        JsonObject Question(string text) => new()
        {
            ["jws"] = text,
            ["jwk"] = issuer.Key.Public.ToJwk(),
            ["algorithm"] = issuer.Key.Public.JwsAlgorithm,
        };
        var answer = await judge.AskAsync("jose", "verify", Question(jws));
        Assert.Equal(issuer.Id, answer!["header"]!["kid"]!.GetValue<string>());
        await judge.RefusesAsync("jose", "verify", Question(Cast.Tampered(jws)));
    }

    [Fact]
    public async Task Jose_AgreesOnThumbprints()
    {
        foreach (var key in new[] { Issued.Ed25519Issuer, Issued.P256Issuer }.Select(k => k.Key.Public))
        {
            var answer = await judge.AskAsync("jose", "thumbprint", new() { ["jwk"] = key.ToJwk() });
            Assert.Equal(answer!.GetValue<string>(), key.JwkThumbprint());
        }
    }

    [Fact]
    public async Task SdJwtVc_VerifiesDisclosuresAndKeyBinding()
    {
        var sdJwt = Cast.Issue(CredentialFormat.SdJwtVc, isP256: true);
        var presented = KeyBinding.Present(sdJwt, Cast.Holder.Key, Audience, Nonce, Cast.Now);
        JsonObject Question(string text, string nonce) => new()
        {
            ["sdJwt"] = text,
            ["issuerKey"] = Issued.P256Issuer.Key.Public.ToJwk(),
            ["holderKey"] = Cast.Holder.Key.Public.ToJwk(),
            ["nonce"] = nonce,
        };
        var answer = await judge.AskAsync("sdJwt", "verify", Question(presented, Nonce));
        Assert.Equal("2020-03-01", answer!["payload"]!["memberSince"]!.GetValue<string>());
        Assert.Equal(Audience, answer["kb"]!["aud"]!.GetValue<string>());

        await judge.RefusesAsync("sdJwt", "verify", Question(presented, "another"));
        await judge.RefusesAsync("sdJwt", "verify", Question(Cast.Tampered(presented), Nonce));
    }

    [Fact]
    public async Task Credo_VerifiesSdJwtVc()
    {
        var sdJwt = Cast.Issue(CredentialFormat.SdJwtVc, isP256: true);
        var given = Given("sdJwt", KeyBinding.Present(sdJwt, Cast.Holder.Key, Audience, Nonce, Cast.Now));
        given["aud"] = Audience;
        given["nonce"] = Nonce;
        var claims = await judge.AskAsync("credo", "verifySdJwt", given.DeepClone().AsObject());
        Assert.Equal("2020-03-01", claims!["memberSince"]!.GetValue<string>());

        given["sdJwt"] = Cast.Tampered(given["sdJwt"]!.GetValue<string>());
        await judge.RefusesAsync("credo", "verifySdJwt", given);
    }

    // DIDKit knows no did:key of P-256.
    [Theory]
    [InlineData("didJwtVc", false)]
    [InlineData("didJwtVc", true)]
    [InlineData("didkit", false)]
    public async Task OlderVerifiers_VerifyVcdm11(string name, bool isP256)
    {
        var jwt = Cast.Issue(CredentialFormat.VcJwt11, isP256);
        await judge.AskAsync(name, "verify", Given("jwt", jwt));
        await judge.RefusesAsync(name, "verify", Given("jwt", Cast.Tampered(jwt)));
    }

    [Theory]
    [InlineData("didJwtVc")]
    [InlineData("didkit")]
    public async Task OlderVerifiers_VerifyAPresentation(string name)
    {
        var credential = Cast.Issue(CredentialFormat.VcJwt11, isP256: false);
        var given = Given("jwt", PresentationWriter.Jwt11([credential], Issued.Ed25519Issuer, new(Audience, Nonce, Cast.Now)));
        given["challenge"] = Nonce;
        given["domain"] = Audience;
        await judge.AskAsync(name, "verifyVp", given.DeepClone().AsObject());

        given["challenge"] = "another";
        await judge.RefusesAsync(name, "verifyVp", given);
    }

    private static JsonObject Given(string name, JsonNode value) => new() { [name] = value, ["dids"] = Cast.Dids() };
}
