using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids.WebVh;
using Coop.Identity.Keys;
using Coop.Identity.Presentations;
using Coop.Identity.Status;

namespace Coop.Node.Tests.Identity;

/// <summary><c>verify</c> as the real program, with everything at hand and no network.</summary>
public sealed class VerifyVerbTests : IDisposable
{
    private const string ListUri = "https://coop.example/status/1/";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-verify-");
    private readonly Ed25519Key _key = Ed25519Key.Generate();
    private readonly P256Key _p256 = P256Key.Generate();
    private readonly Ed25519Key _holder = Ed25519Key.Generate();

    public void Dispose()
    {
        _key.Dispose();
        _p256.Dispose();
        _holder.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(CredentialFormat.DataIntegrity)]
    [InlineData(CredentialFormat.VcJwt)]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.VcJwt11)]
    public async Task EveryEncodingIsRecognised_AndARevokedOneRefused(CredentialFormat format)
    {
        var issuer = IssuerKey.OfDidKey(format == CredentialFormat.SdJwtVc ? _p256 : _key);
        var file = Write("credential", Issue(issuer, format));
        var good = Lists(issuer, EntryStatus.Valid);
        var valid = await VerifyRun.RunAsync([file, "--offline", .. good]);
        Assert.True(valid is { ExitCode: 0, Verdict: "valid" }, valid.Output);
        Assert.Equal("MembershipCredential", valid.Json["content"]!["type"]!.GetValue<string>());

        var revoked = await VerifyRun.RunAsync([file, "--offline", .. Lists(issuer, EntryStatus.Revoked)]);
        Assert.Equal((1, "invalid", "status-revoked"), (revoked.ExitCode, revoked.Verdict, revoked.Code("status")));
        var unreachable = await VerifyRun.RunAsync([file, "--offline"]);
        Assert.Equal((2, "unknown", "status-unreachable"), (unreachable.ExitCode, unreachable.Verdict, unreachable.Code("status")));
    }

    [Fact]
    public async Task ADidWebVhIsVerifiedWithItsHistoryAtHand()
    {
        var first = WebVhLog.Create(
            new WebVhChange { State = Document($"did:webvh:{WebVhHash.Placeholder}:coop.example"), Time = Now.AddDays(-3), UpdateKeys = [_key.Public.ToMultikey()] },
            _key);
        var log = Write("did.jsonl", first.ToLine());
        var issuer = new IssuerKey(first.Did + "#key-1", _key);
        var file = Write("credential", Issue(issuer, CredentialFormat.VcJwt));
        string[] lists = Lists(issuer, EntryStatus.Valid);
        var valid = await VerifyRun.RunAsync([file, "--offline", "--did-log", log, .. lists]);
        Assert.True(valid is { ExitCode: 0, Verdict: "valid" }, valid.Output);

        Assert.Equal((2, "unknown"), await VerdictAsync([file, "--offline", .. lists]));
        Assert.Equal((1, "invalid"), await VerdictAsync([file, "--offline", "--did-log", log, "--issuer", "did:web:else.example", .. lists]));
        var forged = Write("forged.jsonl", first.ToLine().Replace(first.Did, first.Did.Replace("coop", "poor", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Equal((1, "invalid"), await VerdictAsync([file, "--offline", "--did-log", forged, .. lists]));
    }

    [Fact]
    public async Task PresentationsAreVerified_AlsoFromStandardInput()
    {
        var credential = Issue(IssuerKey.OfDidKey(_key), CredentialFormat.VcJwt, withStatus: false);
        var presentation = PresentationWriter.Jwt20(
            [credential], IssuerKey.OfDidKey(_holder), new PresentationOptions("https://verifier.example", "n-1", Now));
        var valid = await VerifyRun.RunAsync(["-", "--offline", "--audience", "https://verifier.example", "--nonce", "n-1"], presentation + "\n");
        Assert.True(valid is { ExitCode: 0, Verdict: "valid" }, valid.Output);
        Assert.Single(valid.Json["credentials"]!.AsArray());
        var replayed = await VerifyRun.RunAsync(["-", "--offline", "--audience", "https://verifier.example", "--nonce", "n-2"], presentation);
        Assert.Equal((1, "nonce-mismatch"), (replayed.ExitCode, replayed.Code("audience")));
    }

    [Fact]
    public async Task ForPeopleTheVerdictComesFirst_AndNothingSteersTheirTerminal()
    {
        var file = Write("credential", Issue(IssuerKey.OfDidKey(_key), CredentialFormat.DataIntegrity, withStatus: false));
        var (exitCode, output) = await VerifyRun.ProcessAsync([file, "--offline"], null);
        Assert.Equal(0, exitCode);
        Assert.StartsWith("✔ MembershipCredential is valid.", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);

        var changed = Write("changed", File.ReadAllText(file).Replace("2020-03-01", "1999-03-01", StringComparison.Ordinal));
        (exitCode, output) = await VerifyRun.ProcessAsync([changed, "--offline"], null);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("✘ MembershipCredential is not valid.", output, StringComparison.Ordinal);
        Assert.Contains("signature-invalid", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeReadOrIsOfAnotherKind_CouldNotBeTold()
    {
        Assert.Equal((2, "unchecked"), await VerdictAsync([Path.Combine(_folder.FullName, "missing")]));
        var foreign = JsonNode.Parse(Issue(IssuerKey.OfDidKey(_key), CredentialFormat.DataIntegrity, withStatus: false))!;
        foreign["proof"]!["cryptosuite"] = "ecdsa-rdfc-2019";
        Assert.Equal((2, "unsupported"), await VerdictAsync([Write("foreign", foreign.ToJsonString()), "--offline"]));
        Assert.Equal((1, "invalid"), await VerdictAsync([Write("text", "hello"), "--offline"]));
    }

    private string Issue(IssuerKey issuer, CredentialFormat format, bool withStatus = true)
    {
        var content = new CredentialContent
        {
            Type = CredentialType.Membership,
            Issuer = issuer.Did,
            IssuerName = "Evil \u001b[31mBakery",
            Subject = IssuerKey.OfDidKey(_holder).Did,
            ValidFrom = Now.AddDays(-1),
            ValidUntil = Now.AddDays(1),
            Claims = new JsonObject { ["coop"] = "Bakery", ["memberId"] = "m", ["memberSince"] = "2020-03-01" },
            Status = withStatus ? StatusReference.InAllForms(77, ListUri + "r", ListUri + "s", ListUri + "t") : [],
        };
        return CredentialWriter.Issue(content, format, issuer, new IssueOptions(Now));
    }

    private string[] Lists(IssuerKey issuer, EntryStatus status)
    {
        var bits = new StatusBits(StatusBits.MinCount) { [77] = status };
        StatusListOptions At(string name) => new(ListUri + name, issuer.Did, Now.AddHours(-1), Now.AddHours(1));
        return
        [
            "--status-list", Write("r" + status, BitstringStatusList.Issue(bits, StatusPurpose.Revocation, At("r"), issuer, CredentialFormat.VcJwt)),
            "--status-list", Write("s" + status, BitstringStatusList.Issue(bits, StatusPurpose.Suspension, At("s"), issuer, CredentialFormat.VcJwt)),
            "--status-list", Write("t" + status, TokenStatusList.Issue(bits, At("t"), issuer)),
        ];
    }

    private JsonObject Document(string did) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"),
        ["id"] = did,
        ["verificationMethod"] = new JsonArray(new JsonObject
        {
            ["id"] = did + "#key-1", ["type"] = "Multikey", ["controller"] = did, ["publicKeyMultibase"] = _key.Public.ToMultikey(),
        }),
        ["assertionMethod"] = new JsonArray(did + "#key-1"),
    };

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int, string)> VerdictAsync(string[] arguments)
    {
        var run = await VerifyRun.RunAsync(arguments);
        return (run.ExitCode, run.Verdict);
    }
}
