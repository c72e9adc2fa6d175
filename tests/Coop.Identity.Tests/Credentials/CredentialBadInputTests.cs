using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Credentials;

/// <summary>Bad input is refused, each kind with its own code, and unknown kinds are "unsupported".</summary>
public sealed class CredentialBadInputTests
{
    private static readonly string VcJwt = Issued.Text(CredentialFormat.VcJwt, isP256: false);
    private static readonly string VcJwt11 = Issued.Text(CredentialFormat.VcJwt11, isP256: false);
    private static readonly string Embedded = Issued.Text(CredentialFormat.DataIntegrity, isP256: false);

    [Theory]
    [InlineData("none", CheckState.Failed, CredentialCodes.AlgorithmNone)]
    [InlineData("NoNe", CheckState.Failed, CredentialCodes.AlgorithmNone)]
    [InlineData("HS256", CheckState.Failed, CredentialCodes.AlgorithmMismatch)]
    [InlineData("ES256", CheckState.Failed, CredentialCodes.AlgorithmMismatch)]
    [InlineData("ES256K", CheckState.Failed, CredentialCodes.AlgorithmMismatch)]
    [InlineData("RS256", CheckState.Unsupported, CredentialCodes.AlgorithmUnsupported)]
    [InlineData("ES384", CheckState.Unsupported, CredentialCodes.AlgorithmUnsupported)]
    public async Task RefusesAnotherAlgorithm(string algorithm, CheckState state, string code)
    {
        await RefusesProofAsync(Resigned(VcJwt, header: h => h["alg"] = algorithm), state, code);
        await RefusesProofAsync(WithHeader(VcJwt, h => h["alg"] = algorithm) + ".", state, code);
    }

    [Fact]
    public Task RefusesACriticalExtension() => RefusesProofAsync(
        Resigned(VcJwt, header: h => h["crit"] = new JsonArray("exp")), CheckState.Failed, CredentialCodes.Critical);

    [Fact]
    public Task RefusesAnUnencodedPayload() => RefusesProofAsync(
        Resigned(VcJwt, header: h => h["b64"] = false), CheckState.Failed, CredentialCodes.Critical);

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("vc+ld+jwt")]
    [InlineData("VC+JWT")]
    public Task AnotherTypeIsUnsupported(string type) => RefusesProofAsync(
        Resigned(VcJwt, header: h => h["typ"] = type), CheckState.Unsupported, CredentialCodes.TypeUnsupported);

    [Fact]
    public async Task TheMediaTypeMayBeWrittenOut() => Assert.Equal(
        Verdict.Valid,
        (await Issued.VerifyAsync(Resigned(VcJwt, header: h => h["typ"] = "application/vc+jwt"))).Verdict);

    [Fact]
    public Task RefusesAVcClaimInVersion2() => RefusesProofAsync(
        Resigned(VcJwt, payload: p => p["vc"] = new JsonObject()), CheckState.Failed, CredentialCodes.VcClaim);

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("jti")]
    public Task RefusesClaimsThatContradict(string claim) => RefusesProofAsync(
        Resigned(VcJwt, payload: p => p[claim] = "did:web:elsewhere.example"), CheckState.Failed, CredentialCodes.ClaimsConflict);

    [Fact]
    public Task RefusesClaimsThatContradict_InVersion11() => RefusesProofAsync(
        Resigned(VcJwt11, payload: p => p["vc"]!["issuer"] = "did:web:elsewhere.example"),
        CheckState.Failed, CredentialCodes.ClaimsConflict);

    [Fact]
    public async Task RefusesAnotherDidsKey_AndAKeyThatIsNotThere()
    {
        await RefusesProofAsync(Resigned(VcJwt, header: h => h["kid"] = Issued.Stranger.Id), CheckState.Failed, CredentialCodes.KeyNotIssuers);
        await RefusesProofAsync(Resigned(VcJwt, header: h => h["kid"] = Issued.Ed25519Issuer.Did + "#other"), CheckState.Failed, CredentialCodes.KeyNotFound);
        await RefusesProofAsync(Resigned(VcJwt, header: h => h["kid"] = "#key-1"), CheckState.Failed, CredentialCodes.KeyId);
        await RefusesProofAsync(Resigned(VcJwt, header: h => h["kid"] = Issued.Ed25519Issuer.Id.Replace("#", "?versionId=1#", StringComparison.Ordinal)), CheckState.Failed, CredentialCodes.KeyId);
        await RefusesProofAsync(Resigned(VcJwt, key: Issued.Stranger), CheckState.Failed, CredentialCodes.Signature);
    }

    [Fact]
    public async Task AKeyThatIsNotNamedIsFound_WhereThereIsOneAlone() => Assert.Equal(
        Verdict.Valid, (await Issued.VerifyAsync(Resigned(VcJwt, header: h => h.Remove("kid")))).Verdict);

    [Theory]
    [InlineData("did:web:coop.example", CheckState.Unknown, Verdict.Unknown)]
    [InlineData("did:ion:abc", CheckState.Unsupported, Verdict.Unsupported)]
    [InlineData("https://issuer.example", CheckState.Unsupported, Verdict.Unsupported)]
    [InlineData("did:key:z6MkNot", CheckState.Failed, Verdict.Invalid)]
    public async Task AnIssuerThatDoesNotResolveIsNeverValid(string issuer, CheckState state, Verdict verdict)
    {
        var report = await Issued.VerifyAsync(Resigned(VcJwt, payload: p =>
        {
            p["issuer"] = issuer;
            p["iss"] = issuer;
        }));
        Assert.Equal((verdict, state, CheckState.NotChecked), (report.Verdict, report.Issuer.State, report.Proof.State));
    }

    [Fact]
    public async Task RefusesDuplicateMembers_AndJsonThatIsNone()
    {
        var (header, payload) = Parts(VcJwt);
        await RefusesProofAsync(Sign(header, payload.Replace("{\"@context\"", "{\"id\":\"urn:x\",\"@context\"", StringComparison.Ordinal)), CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync(Embedded.Replace("{\"@context\"", "{\"id\":\"urn:x\",\"@context\"", StringComparison.Ordinal), CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync("{", CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync(Sign(header.Replace("kid\":\"", "kid\":\"\\ud800", StringComparison.Ordinal), payload), CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync(Sign(header, payload.Replace("\"coop\"", "\"\\udc00\"", StringComparison.Ordinal)), CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync(Sign(header, "[]"), CheckState.Failed, CredentialCodes.Json);
        await RefusesProofAsync(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000), CheckState.Failed, CredentialCodes.Json);
    }

    [Fact]
    public async Task RefusesBase64UrlThatIsNotCanonical()
    {
        var parts = VcJwt.Split('.');
        await RefusesProofAsync($"{parts[0]}=.{parts[1]}.{parts[2]}", CheckState.Failed, CredentialCodes.JwsMalformed);
        await RefusesProofAsync($"{parts[0]}.{parts[1]}\n.{parts[2]}", CheckState.Failed, CredentialCodes.JwsMalformed);

        // 64 bytes leave four unused bits in the last character; setting one changes no byte.
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = Alphabet[Alphabet.IndexOf(parts[2][^1], StringComparison.Ordinal) + 1];
        await RefusesProofAsync($"{parts[0]}.{parts[1]}.{parts[2][..^1]}{last}", CheckState.Failed, CredentialCodes.JwsMalformed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d.e")]
    public Task WhatIsNoneOfTheEncodingsIsRefused(string text) =>
        RefusesProofAsync(text, CheckState.Failed, CredentialCodes.NotRecognised);

    [Fact]
    public async Task RefusesOversizedTextAtOnce()
    {
        var clock = Stopwatch.StartNew();
        await RefusesProofAsync(new string('{', 20_000_000), CheckState.Failed, CredentialCodes.TooLarge);
        Assert.True(clock.ElapsedMilliseconds < 1_000, $"{clock.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData("cryptosuite", "eddsa-rdfc-2022", CheckState.Unsupported, CredentialCodes.ProofUnsupported)]
    [InlineData("type", "Ed25519Signature2020", CheckState.Unsupported, CredentialCodes.ProofUnsupported)]
    [InlineData("proofPurpose", "authentication", CheckState.Failed, CredentialCodes.ProofPurpose)]
    [InlineData("created", "2026-11-22T11:59:59Z", CheckState.Failed, CredentialCodes.Signature)]
    [InlineData("created", "yesterday", CheckState.Failed, CredentialCodes.Malformed)]
    [InlineData("proofValue", "zz", CheckState.Failed, CredentialCodes.ProofMalformed)]
    [InlineData("proofValue", "uAAAA", CheckState.Failed, CredentialCodes.ProofMalformed)]
    [InlineData("verificationMethod", "#key", CheckState.Failed, CredentialCodes.KeyId)]
    public Task RefusesAnotherProof(string member, string value, CheckState state, string code) =>
        RefusesProofAsync(ChangedProof(p => p[member] = value), state, code);

    [Fact]
    public async Task RefusesOtherContextsAndSeveralProofs()
    {
        await RefusesProofAsync(ChangedProof(p => p["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://x.example")), CheckState.Failed, CredentialCodes.ProofContext);
        var twice = JsonNode.Parse(Embedded)!;
        twice["proof"] = new JsonArray(twice["proof"]!.DeepClone(), twice["proof"]!.DeepClone());
        await RefusesProofAsync(twice.ToJsonString(), CheckState.Unsupported, CredentialCodes.ProofUnsupported);
        var without = JsonNode.Parse(Embedded)!.AsObject();
        without.Remove("proof");
        await RefusesProofAsync(without.ToJsonString(), CheckState.Failed, CredentialCodes.ProofMalformed);
    }

    [Fact]
    public async Task AnUnknownSchemaOrStatusIsUnsupported_NeverValid()
    {
        var schema = await Issued.VerifyAsync(Resigned(VcJwt, payload: p => p["credentialSchema"]!["id"] = "https://x.example/schema"));
        Assert.Equal((Verdict.Unsupported, CredentialCodes.SchemaUnsupported), (schema.Verdict, schema.Schema.Code));
        var status = await Issued.VerifyAsync(Resigned(VcJwt, payload: p => p["credentialStatus"] = new JsonObject { ["type"] = "StatusList2021Entry" }));
        Assert.Equal((Verdict.Unsupported, CredentialCodes.StatusUnsupported), (status.Verdict, status.Status.Code));
    }

    [Fact]
    public async Task ClaimsThatTheSchemaForbidsAreRefused_AlsoWhenSigned()
    {
        var report = await Issued.VerifyAsync(Resigned(VcJwt, payload: p => p["credentialSubject"]!["memberSince"] = "2020-02-30"));
        Assert.Equal((Verdict.Invalid, CredentialCodes.Schema, true), (report.Verdict, report.Schema.Code, report.Proof.IsPassed));
    }

    [Fact]
    public async Task APeriodMayBeginAndEndWithTheCalendar() => Assert.Equal(
        Verdict.Valid, (await Issued.VerifyAsync(Resigned(VcJwt, payload: p =>
        {
            p["validFrom"] = "0001-01-01T00:00:00Z";
            p["validUntil"] = "9999-12-31T23:59:59Z";
            p["exp"] = 253_402_300_799;
        }))).Verdict);

    [Fact]
    public async Task AFractionOfASecondIsATime() => Assert.Equal(
        Verdict.Valid, (await Issued.VerifyAsync(Resigned(VcJwt11, payload: p => p["iat"] = JsonNode.Parse("1767225600.0")))).Verdict);

    private static async Task RefusesProofAsync(string text, CheckState state, string code)
    {
        var report = await Issued.VerifyAsync(text);
        Assert.Equal((state, code), (report.Proof.State, report.Proof.Code));
        Assert.NotEqual(Verdict.Valid, report.Verdict);
        Assert.NotNull(report.FirstObstacle);
    }

    private static string ChangedProof(Action<JsonObject> change)
    {
        var document = JsonNode.Parse(Embedded)!;
        change(document["proof"]!.AsObject());
        return document.ToJsonString();
    }

    private static (string Header, string Payload) Parts(string jwt) =>
        (Text(jwt.Split('.')[0]), Text(jwt.Split('.')[1]));

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.Decode(part));

    private static string WithHeader(string jwt, Action<JsonObject> change)
    {
        var header = JsonNode.Parse(Parts(jwt).Header)!.AsObject();
        change(header);
        return Base64Url.Encode(Encoding.UTF8.GetBytes(header.ToJsonString())) + "." + jwt.Split('.')[1];
    }

    private static string Resigned(
        string jwt, Action<JsonObject>? header = null, Action<JsonObject>? payload = null, IssuerKey? key = null)
    {
        var (h, p) = (JsonNode.Parse(Parts(jwt).Header)!.AsObject(), JsonNode.Parse(Parts(jwt).Payload)!.AsObject());
        header?.Invoke(h);
        payload?.Invoke(p);
        return Sign(h.ToJsonString(), p.ToJsonString(), key);
    }

    private static string Sign(string header, string payload, IssuerKey? key = null)
    {
        var input = Base64Url.Encode(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.Encode(Encoding.UTF8.GetBytes(payload));
        return input + "." + Base64Url.Encode((key ?? Issued.Ed25519Issuer).Key.Sign(Encoding.ASCII.GetBytes(input)));
    }
}
