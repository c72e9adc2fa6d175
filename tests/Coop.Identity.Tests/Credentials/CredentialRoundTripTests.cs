using System.Text.Json.Nodes;
using Coop.Identity.Credentials;

namespace Coop.Identity.Tests.Credentials;

/// <summary>What is issued verifies, says the same thing in every encoding, and not after any change.</summary>
public sealed class CredentialRoundTripTests
{
    public static TheoryData<CredentialFormat, bool> Formats => Issued.FormatsAndCurves;

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Verifies_AndSaysWhatWasIssued(CredentialFormat format, bool isP256)
    {
        var report = await Issued.VerifyAsync(Issued.Text(format, isP256));
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.All([report.Proof, report.Issuer, report.Validity, report.Schema], c => Assert.Equal(CheckState.Passed, c.State));
        Assert.All([report.Status, report.HolderBinding, report.AudienceAndNonce], c => Assert.Equal(CheckState.NotChecked, c.State));

        var (issued, read) = (Issued.Membership(Issued.Issuer(isP256)), report.Content!);
        Assert.Equal(
            (issued.Id, issued.Type, issued.Issuer, issued.Subject, issued.ValidFrom, issued.ValidUntil),
            (read.Id, read.Type, read.Issuer, read.Subject, read.ValidFrom, read.ValidUntil));
        Assert.True(JsonNode.DeepEquals(issued.Claims, read.Claims), read.Claims.ToJsonString());
        Assert.Equal(format == CredentialFormat.SdJwtVc ? null : "Sunflower Bakery", read.IssuerName);
        Assert.Equal(format == CredentialFormat.SdJwtVc ? issued.HolderKey : null, read.HolderKey);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task RefusesEveryChangedCharacter(CredentialFormat format, bool isP256)
    {
        var text = Issued.Text(format, isP256);
        for (var i = 0; i < text.Length; i += 7)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            var verdict = (await Issued.VerifyAsync(changed)).Verdict;
            Assert.True(verdict != Verdict.Valid, $"{format}: character {i} of {text.Length} was changed: {changed}");
        }
    }

    [Theory]
    [InlineData(-2, CredentialCodes.NotYetValid)]
    [InlineData(400, CredentialCodes.Expired)]
    public async Task Refuses_OutsideOfItsPeriod(int days, string code)
    {
        foreach (var row in Issued.FormatsAndCurves)
        {
            var report = await Issued.VerifyAsync(Issued.Text(row.Data.Item1, row.Data.Item2), now: Issued.Now.AddDays(days));
            Assert.Equal((Verdict.Invalid, CheckState.Failed, code), (report.Verdict, report.Validity.State, report.Validity.Code));
        }
    }

    [Fact]
    public async Task Refuses_AnIssuerThatIsNotTrusted()
    {
        var text = Issued.Text(CredentialFormat.VcJwt, isP256: false);
        var strangers = new VerificationRequest { TrustedIssuers = new HashSet<string> { Issued.Stranger.Did } };
        var ours = new VerificationRequest { TrustedIssuers = new HashSet<string> { Issued.Ed25519Issuer.Did } };
        Assert.Equal(CredentialCodes.IssuerUntrusted, (await Issued.VerifyAsync(text, strangers)).Issuer.Code);
        Assert.Equal(Verdict.Valid, (await Issued.VerifyAsync(text, ours)).Verdict);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void RefusesToIssue_WhatTheSchemaForbids(CredentialFormat format, bool isP256)
    {
        var e = Assert.Throws<CredentialException>(() => Issued.Text(
            format, isP256, c => c with { Claims = new JsonObject { ["coop"] = "C", ["memberId"] = "x", ["memberSince"] = "yesterday" } }));
        Assert.Equal(CredentialCodes.Schema, e.Code);
        Assert.Contains("/memberSince", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesToIssue_WithAnothersKeyOrOfAnotherKind()
    {
        var content = Issued.Membership(Issued.Ed25519Issuer);
        Assert.Equal(CredentialCodes.KeyNotIssuers, CodeOf(content, CredentialFormat.VcJwt, Issued.Stranger));
        Assert.Equal(CredentialCodes.AlgorithmMismatch, CodeOf(content, CredentialFormat.SdJwtVc, Issued.Ed25519Issuer));
        Assert.Equal(
            CredentialCodes.AlgorithmMismatch,
            CodeOf(Issued.Membership(Issued.P256Issuer), CredentialFormat.DataIntegrity, Issued.P256Issuer));
    }

    private static string CodeOf(CredentialContent content, CredentialFormat format, IssuerKey key) =>
        Assert.Throws<CredentialException>(() => CredentialWriter.Issue(content, format, key, Issued.Options)).Code;
}
