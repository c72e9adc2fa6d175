using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Bench;

/// <summary>
/// A membership credential from content to text and from text to report, with everything: the schema, the
/// document, the proof, the DID and every check, on one core.
/// </summary>
internal static class WholeCredentialBench
{
    public static IEnumerable<Figure> Run(TimeSpan duration)
    {
        using var ed25519 = Ed25519Key.Generate();
        using var p256 = P256Key.Generate();
        foreach (var format in Enum.GetValues<CredentialFormat>())
        {
            var issuer = IssuerKey.OfDidKey(format == CredentialFormat.SdJwtVc ? p256 : ed25519);
            var content = Content(issuer.Did);
            var options = new IssueOptions(TimeProvider.System.GetUtcNow());
            var text = CredentialWriter.Issue(content, format, issuer, options);
            var verifier = new CredentialVerifier(new Keys(issuer.Did), null, TimeProvider.System);
            var issuing = OneCore.Rate(duration, () => CredentialWriter.Issue(content, format, issuer, options));
            var checking = OneCore.Rate(duration, () => Verify(verifier, text));
            var name = FormatNames.Of(format);
            yield return new($"whole credential issued as {name}, one core", issuing, "1/s");
            yield return new($"whole credential verified as {name}, one core", checking, "1/s");
        }
    }

    private static void Verify(CredentialVerifier verifier, string text)
    {
        var report = verifier.VerifyAsync(text, VerificationRequest.Anything, CancellationToken.None).GetAwaiter().GetResult();
        if (report.Verdict != Verdict.Valid)
        {
            throw new InvalidOperationException(report.FirstObstacle?.Detail);
        }
    }

    private static CredentialContent Content(string issuer) => new()
    {
        Id = "urn:uuid:0198f3a0-0000-7000-8000-000000000001",
        Type = CredentialType.Membership,
        Issuer = issuer,
        Subject = "did:key:z6MkoTHsgNNrby8JzCNQ1iRLyW5QQ6R8Xuu6AA8igGrMVPUM",
        ValidFrom = TimeProvider.System.GetUtcNow().AddDays(-1),
        ValidUntil = TimeProvider.System.GetUtcNow().AddDays(1),
        Claims = new JsonObject { ["coop"] = "Acorn", ["memberId"] = "Qm3fKx0aV1b2c3d4e5f6g7", ["memberSince"] = "2021-03-01" },
    };

    // As a node's resolver, which keeps the documents of those that it knows.
    private sealed class Keys(string did) : IDidResolver
    {
        private readonly Task<DidResolution> _known = Task.FromResult(DidResolution.Of(DidKey.Resolve(did)));

        public Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct) => _known;
    }
}
