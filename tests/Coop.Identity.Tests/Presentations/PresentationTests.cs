using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Keys;
using Coop.Identity.Presentations;
using Coop.Identity.Tests.Credentials;

namespace Coop.Identity.Tests.Presentations;

/// <summary>Who presents must be whom the credential is about, for this verifier and this request.</summary>
public sealed class PresentationTests
{
    private const string Audience = "https://verifier.example";
    private const string Nonce = "n-0S6_WzA2Mj";

    private static readonly PresentationOptions Options = new(Audience, Nonce, Issued.Now);

    private static readonly VerificationRequest Request = new() { Audience = Audience, Nonce = Nonce, IsHolderRequired = true };

    public static TheoryData<string> Forms => ["vp+jwt", "vp+jwt embedded", "1.1", "data integrity", "data integrity enveloped", "sd-jwt"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Verifies_ForThisVerifierAndRequest(string form)
    {
        var text = Present(form, Issued.Holder, Options);
        var report = await Issued.VerifyAsync(text, Request);
        Assert.True(report.Verdict == Verdict.Valid, report.FirstObstacle?.ToString());
        Assert.Equal((CheckState.Passed, CheckState.Passed), (report.HolderBinding.State, report.AudienceAndNonce.State));
        Assert.Equal(CredentialType.Membership, report.Content!.Type);
        Assert.NotNull(report.Holder);

        var unasked = await Issued.VerifyAsync(text);
        Assert.Equal((Verdict.Valid, CredentialCodes.AudienceNotAsked), (unasked.Verdict, unasked.AudienceAndNonce.Code));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Refuses_ForAnotherVerifierOrRequest(string form)
    {
        var elsewhere = await Issued.VerifyAsync(Present(form, Issued.Holder, Options with { Audience = "https://else.example" }), Request);
        Assert.Equal((Verdict.Invalid, CredentialCodes.AudienceMismatch), (elsewhere.Verdict, elsewhere.AudienceAndNonce.Code));
        var earlier = await Issued.VerifyAsync(Present(form, Issued.Holder, Options with { Nonce = "other" }), Request);
        Assert.Equal((Verdict.Invalid, CredentialCodes.NonceMismatch), (earlier.Verdict, earlier.AudienceAndNonce.Code));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Refuses_AStrangerWhoPresentsIt(string form)
    {
        var report = await Issued.VerifyAsync(Present(form, Issued.Stranger, Options), Request);
        Assert.Equal(
            (Verdict.Invalid, form == "sd-jwt" ? CredentialCodes.Signature : CredentialCodes.HolderMismatch),
            (report.Verdict, report.HolderBinding.Code));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task RefusesEveryChangedCharacter(string form)
    {
        var text = Present(form, Issued.Holder, Options);
        for (var i = 3; i < text.Length; i += 11)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.True((await Issued.VerifyAsync(changed, Request)).Verdict != Verdict.Valid, $"{form}: character {i}");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task RefusesAnOldPresentation(string form)
    {
        if (form.StartsWith("data", StringComparison.Ordinal))
        {
            return; // Data Integrity has no end of its own; the challenge alone says that it is fresh.
        }

        var report = await Issued.VerifyAsync(Present(form, Issued.Holder, Options), Request, now: Issued.Now.AddMinutes(7));
        Assert.Equal(Verdict.Invalid, report.Verdict);
        Assert.Contains(report.FirstObstacle!.Code, new[] { CredentialCodes.Expired, CredentialCodes.HolderTime });
    }

    [Fact]
    public async Task ACredentialAloneIsNoPresentation()
    {
        foreach (var row in Issued.FormatsAndCurves)
        {
            var report = await Issued.VerifyAsync(Issued.Text(row.Data.Item1, row.Data.Item2), Request);
            Assert.Equal((Verdict.Invalid, CredentialCodes.HolderNone), (report.Verdict, report.HolderBinding.Code));
        }
    }

    [Fact]
    public async Task ARevokedOrForgedCredentialWithin_SpoilsThePresentation()
    {
        var forged = Issued.Text(CredentialFormat.VcJwt, isP256: false)[..^5] + "AAAAA";
        var report = await Issued.VerifyAsync(PresentationWriter.Jwt20([forged], Issued.Holder, Options), Request);
        Assert.True(report.Proof.IsPassed);
        Assert.Equal(Verdict.Invalid, report.Verdict);
        Assert.Equal(Verdict.Invalid, Assert.Single(report.Credentials).Verdict);
    }

    [Fact]
    public async Task TheHolderShowsWhatTheyWant_AndNoMore()
    {
        var sdJwt = SdJwtText.Parse(Issued.Text(CredentialFormat.SdJwtVc, isP256: true));
        var shown = KeyBinding.Present(sdJwt.Select(new HashSet<string> { "coop" }), Issued.Holder.Key, Audience, Nonce, Issued.Now);
        var report = await Issued.VerifyAsync(shown, Request);
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal("""{"coop":"Sunflower Bakery"}""", report.Content!.Claims.ToJsonString());
        Assert.Equal(4 + 3, sdJwt.Jws.Payload["_sd"]!.AsArray().Count);
    }

    [Fact]
    public async Task RefusesDisclosuresThatWereTakenAwayOrAddedAfterTheProof()
    {
        var whole = SdJwtText.Parse(Issued.Text(CredentialFormat.SdJwtVc, isP256: true));
        var shown = KeyBinding.Present(whole.Select(new HashSet<string> { "coop", "memberId" }), Issued.Holder.Key, Audience, Nonce, Issued.Now);
        var parts = shown.Split('~');
        await RefusesAsync($"{parts[0]}~{parts[1]}~{parts[^1]}", r => r.HolderBinding, CredentialCodes.SdHash);
        await RefusesAsync($"{parts[0]}~{parts[1]}~{parts[1]}~{parts[^1]}", r => r.Proof, CredentialCodes.Disclosure);
        var own = Disclosure.Create("inGoodStanding", true, new byte[16]).Text;
        await RefusesAsync($"{parts[0]}~{parts[1]}~{own}~{parts[^1]}", r => r.Proof, CredentialCodes.Disclosure);
        await RefusesAsync($"{parts[0]}~{parts[1]}~AAAA~{parts[^1]}", r => r.Proof, CredentialCodes.Disclosure);
        await RefusesAsync(parts[0] + string.Concat(Enumerable.Repeat("~" + parts[1], 300)) + "~", r => r.Proof, CredentialCodes.Disclosure);
    }

    [Fact]
    public async Task AProofOfPossessionNamesItsKey()
    {
        var text = JwtProof.Sign(Issued.Holder, Audience, Nonce, Issued.Now);
        var proof = await ProofAsync(text);
        Assert.Equal((Issued.Holder.Did, Issued.Holder.Key.Public, Nonce), (proof.Did, proof.Key, proof.Nonce));

        Assert.Equal(CredentialCodes.AudienceMismatch, await ProofCodeAsync(JwtProof.Sign(Issued.Holder, "https://else.example", Nonce, Issued.Now)));
        Assert.Equal(CredentialCodes.HolderTime, await ProofCodeAsync(JwtProof.Sign(Issued.Holder, Audience, Nonce, Issued.Now.AddMinutes(-10))));
        Assert.Equal(CredentialCodes.HolderTime, await ProofCodeAsync(JwtProof.Sign(Issued.Holder, Audience, Nonce, Issued.Now.AddMinutes(10))));
        Assert.Equal(CredentialCodes.Signature, await ProofCodeAsync(JwtProof.Sign(Issued.Holder with { Key = Issued.Stranger.Key }, Audience, Nonce, Issued.Now)));
        Assert.Equal(CredentialCodes.TypeUnsupported, await ProofCodeAsync(Issued.Text(CredentialFormat.VcJwt, isP256: false)));
    }

    [Fact]
    public async Task AProofWithAKeyIsOfItsDidJwk_AndTwoNamesAreRefused()
    {
        using var key = P256Key.Generate();
        string Sign(JsonObject header) => Identity.Credentials.Jose.CompactJws.Sign(
            header, new JsonObject { ["aud"] = Audience, ["iat"] = Issued.Now.ToUnixTimeSeconds() }, key);
        var proof = await ProofAsync(Sign(new JsonObject { ["typ"] = JwtProof.Type, ["jwk"] = key.Public.ToJwk() }));
        Assert.Equal(key.Public, proof.Key);
        Assert.StartsWith("did:jwk:", proof.Did, StringComparison.Ordinal);
        Assert.Equal(
            CredentialCodes.KeyId,
            await ProofCodeAsync(Sign(new JsonObject { ["typ"] = JwtProof.Type, ["jwk"] = key.Public.ToJwk(), ["kid"] = Issued.Holder.Id })));
    }

    private static string Present(string form, IssuerKey holder, PresentationOptions options) => form switch
    {
        "vp+jwt" => PresentationWriter.Jwt20([Issued.Text(CredentialFormat.VcJwt, isP256: true)], holder, options),
        "vp+jwt embedded" => PresentationWriter.Jwt20([Issued.Text(CredentialFormat.DataIntegrity, isP256: false)], holder, options),
        "1.1" => PresentationWriter.Jwt11([Issued.Text(CredentialFormat.VcJwt11, isP256: false)], holder, options),
        "data integrity" => PresentationWriter.DataIntegrity([Issued.Text(CredentialFormat.DataIntegrity, isP256: false)], holder, options),
        "data integrity enveloped" => PresentationWriter.DataIntegrity([Issued.Text(CredentialFormat.VcJwt, isP256: false)], holder, options),
        _ => KeyBinding.Present(Issued.Text(CredentialFormat.SdJwtVc, isP256: true), holder.Key, options.Audience, options.Nonce, options.Now),
    };

    private static async Task RefusesAsync(string text, Func<VerificationReport, Check> check, string code)
    {
        var report = await Issued.VerifyAsync(text, Request);
        Assert.Equal((Verdict.Invalid, code), (report.Verdict, check(report).Code));
    }

    private static Task<HolderProof> ProofAsync(string text) => JwtProof.VerifyAsync(
        text, Audience, new Issued.KeyResolver(), Issued.Now, TestContext.Current.CancellationToken);

    private static async Task<string> ProofCodeAsync(string text) =>
        (await Assert.ThrowsAsync<CredentialException>(() => ProofAsync(text))).Code;
}
