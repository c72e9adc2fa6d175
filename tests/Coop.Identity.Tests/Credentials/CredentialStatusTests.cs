using Coop.Identity.Credentials;
using Coop.Identity.Status;

namespace Coop.Identity.Tests.Credentials;

/// <summary>A status that is revoked, suspended, or cannot be known never lets a credential be valid.</summary>
public sealed class CredentialStatusTests
{
    private const int Index = 4711;
    private const string Revocation = Issued.StatusBase + "revocation";
    private const string Suspension = Issued.StatusBase + "suspension";
    private const string Token = Issued.StatusBase + "token";

    public static TheoryData<CredentialFormat, bool> Formats => Issued.FormatsAndCurves;

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task RevokedAndSuspendedBothShow(CredentialFormat format, bool isP256)
    {
        var text = Text(format, isP256);
        Assert.Equal((Verdict.Valid, CredentialCodes.Ok), await StatusAsync(text, Publish(isP256, EntryStatus.Valid)));
        Assert.Equal((Verdict.Invalid, CredentialCodes.Revoked), await StatusAsync(text, Publish(isP256, EntryStatus.Revoked)));
        Assert.Equal((Verdict.Invalid, CredentialCodes.Suspended), await StatusAsync(text, Publish(isP256, EntryStatus.Suspended)));
        Assert.Equal((Verdict.Unknown, CredentialCodes.StatusUnreachable), await StatusAsync(text, new Issued.Lists()));
        Assert.Equal((Verdict.Unknown, CredentialCodes.StatusUnreachable), await StatusAsync(text, null));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task AListThatMayNotBeUsedNeverMeansValid(CredentialFormat format, bool isP256)
    {
        var text = Text(format, isP256);
        var stale = new StatusListOptions("", "", Issued.Now.AddDays(-3), Issued.Now.AddDays(-2));
        Assert.Equal((Verdict.Unknown, CredentialCodes.StatusStale), await StatusAsync(text, Publish(isP256, EntryStatus.Valid, like: stale)));
        Assert.Equal((Verdict.Invalid, CredentialCodes.StatusSignature), await StatusAsync(text, Publish(isP256, EntryStatus.Valid, key: Issued.Stranger)));
        Assert.Equal(
            (Verdict.Invalid, CredentialCodes.StatusSignature),
            await StatusAsync(text, Publish(isP256, EntryStatus.Valid, key: Issued.Stranger, issuer: Issued.Issuer(isP256).Did)));
        Assert.Equal((Verdict.Invalid, CredentialCodes.StatusList), await StatusAsync(text, Publish(isP256, EntryStatus.Valid, swap: "https://else.example/")));
        Assert.Equal((Verdict.Invalid, CredentialCodes.StatusIndex), await StatusAsync(Text(format, isP256, StatusBits.MinCount), Publish(isP256, EntryStatus.Valid)));
    }

    [Fact]
    public async Task AListOfAnotherPurposeIsRefused()
    {
        var lists = Publish(false, EntryStatus.Valid);
        lists[Revocation] = BitstringStatusList.Issue(
            new StatusBits(StatusBits.MinCount), StatusPurpose.Suspension, Options(Revocation, Issued.Ed25519Issuer.Did),
            Issued.Ed25519Issuer, CredentialFormat.VcJwt);
        Assert.Equal((Verdict.Invalid, CredentialCodes.StatusPurpose), await StatusAsync(Text(CredentialFormat.VcJwt, false), lists));
    }

    [Fact]
    public async Task ACredentialInThePlaceOfAListIsRefused()
    {
        var lists = Publish(false, EntryStatus.Valid);
        lists[Revocation] = Issued.Text(CredentialFormat.VcJwt, isP256: false, c => c with { Id = Revocation });
        Assert.Equal((Verdict.Invalid, CredentialCodes.StatusList), await StatusAsync(Text(CredentialFormat.VcJwt, false), lists));
    }

    [Fact]
    public async Task NothingIsFetched_ForACredentialThatNobodySigned()
    {
        var text = Text(CredentialFormat.VcJwt, false);
        var report = await Issued.VerifyAsync(text[..^4] + "AAAA", status: Publish(false, EntryStatus.Valid));
        Assert.Equal(CheckState.NotChecked, report.Status.State);
    }

    [Fact]
    public async Task ListsAreVerifiedThemselves()
    {
        var options = Options(Token, Issued.P256Issuer.Did);
        var bits = new StatusBits(StatusBits.MinCount);
        string[] lists =
        [
            TokenStatusList.Issue(bits, options, Issued.P256Issuer),
            BitstringStatusList.Issue(bits, StatusPurpose.Revocation, options, Issued.P256Issuer, CredentialFormat.VcJwt),
            BitstringStatusList.Issue(
                bits, StatusPurpose.Suspension, options with { Issuer = Issued.Ed25519Issuer.Did }, Issued.Ed25519Issuer,
                CredentialFormat.DataIntegrity),
        ];
        foreach (var list in lists)
        {
            var report = await Issued.VerifyAsync(list);
            Assert.Equal((Verdict.Valid, CheckState.Passed), (report.Verdict, report.Schema.State));
            Assert.NotEqual(Verdict.Valid, (await Issued.VerifyAsync(list.Replace('Q', 'R'))).Verdict);
        }
    }

    private static string Text(CredentialFormat format, bool isP256, int index = Index) => Issued.Text(
        format, isP256, c => c with { Status = StatusReference.InAllForms(index, Revocation, Suspension, Token) });

    private static async Task<(Verdict, string)> StatusAsync(string text, IStatusSource? lists)
    {
        var report = await Issued.VerifyAsync(text, status: lists);
        Assert.True(report.Proof.IsPassed, report.Proof.Detail);
        return (report.Verdict, report.Status.Code);
    }

    private static Issued.Lists Publish(
        bool isP256, EntryStatus status, StatusListOptions? like = null, IssuerKey? key = null, string? issuer = null, string? swap = null)
    {
        var bits = new StatusBits(StatusBits.MinCount) { [Index] = status };
        var signer = key ?? Issued.Issuer(isP256);
        StatusListOptions At(string uri)
        {
            var options = Options((swap ?? "") + uri, issuer ?? signer.Did);
            return like is null ? options : options with { IssuedAt = like.IssuedAt, ValidUntil = like.ValidUntil };
        }

        return new Issued.Lists
        {
            [Revocation] = BitstringStatusList.Issue(bits, StatusPurpose.Revocation, At(Revocation), signer, CredentialFormat.VcJwt),
            [Suspension] = BitstringStatusList.Issue(bits, StatusPurpose.Suspension, At(Suspension), signer, CredentialFormat.VcJwt),
            [Token] = TokenStatusList.Issue(bits, At(Token), signer),
        };
    }

    private static StatusListOptions Options(string uri, string issuer) =>
        new(uri, issuer, Issued.Now.AddHours(-1), Issued.Now.AddHours(1)) { TimeToLive = TimeSpan.FromMinutes(5) };
}
