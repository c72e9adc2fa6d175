using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Status;

namespace Coop.Bench;

/// <summary>Credentials with <c>eddsa-jcs-2022</c> on one core, against the signatures alone.</summary>
internal static class CredentialsBench
{
    private const string Credential = """
        {"@context":["https://www.w3.org/ns/credentials/v2"],
         "id":"urn:uuid:0198f3a0-0000-7000-8000-000000000001",
         "type":["VerifiableCredential","MembershipCredential"],
         "issuer":"did:web:acorn.example","validFrom":"2026-01-01T00:00:00Z",
         "credentialSubject":{"id":"did:key:z6MkoTHsgNNrby8JzCNQ1iRLyW5QQ6R8Xuu6AA8igGrMVPUM","memberSince":"2021-03-01"}}
        """;

    public static IEnumerable<Figure> Run(TimeSpan duration)
    {
        using var key = Ed25519Key.Generate();
        return [.. Suite(key, duration), .. Whole(key, duration), .. StatusLists(duration)];
    }

    private static IEnumerable<Figure> Suite(Ed25519Key key, TimeSpan duration)
    {
        var document = JsonNode.Parse(Credential)!.AsObject();
        var options = new JsonObject
        {
            ["created"] = "2026-01-01T00:00:00Z",
            ["verificationMethod"] = "did:web:acorn.example#key-1",
            ["proofPurpose"] = "assertionMethod",
        };
        var secured = EddsaJcs2022.Sign(document, options, key);

        // What is signed: two hashes together.
        var hashes = new byte[64];
        var signature = key.Sign(hashes);
        var signing = OneCore.Rate(duration, () => key.Sign(hashes));
        var verifying = OneCore.Rate(duration, () => Ed25519.Verify(key.PublicKey.Span, hashes, signature));
        var issuing = OneCore.Rate(duration, () => EddsaJcs2022.Sign(document, options, key));
        var checking = OneCore.Rate(duration, () => EddsaJcs2022.Verify(secured, key.Public));
        yield return new("issue eddsa-jcs-2022, one core", issuing, "1/s");
        yield return Figure.AtLeast("issue against raw signing", issuing / signing, "ratio", 0.4);
        yield return new("verify eddsa-jcs-2022, one core", checking, "1/s");
        yield return Figure.AtLeast("verify against raw verification", checking / verifying, "ratio", 0.7);
    }

    /// <summary>From the content to the text and back, with schema, period and issuer.</summary>
    private static IEnumerable<Figure> Whole(Ed25519Key key, TimeSpan duration)
    {
        var issuer = IssuerKey.OfDidKey(key);
        var now = TimeProvider.System.GetUtcNow();
        var content = new CredentialContent
        {
            Type = CredentialType.Membership,
            Issuer = issuer.Did,
            Subject = issuer.Did,
            ValidFrom = now.AddDays(-1),
            ValidUntil = now.AddYears(1),
            Claims = new() { ["coop"] = "Acorn", ["memberId"] = "q83vEjRWeJCrze8SNFZ4kA", ["memberSince"] = "2021-03-01" },
        };
        var options = new IssueOptions(now);
        var text = CredentialWriter.Issue(content, CredentialFormat.DataIntegrity, issuer, options);
        var verifier = new CredentialVerifier(new DidKeys(), null, TimeProvider.System);
        yield return new(
            "content to credential, whole, one core",
            OneCore.Rate(duration, () => CredentialWriter.Issue(content, CredentialFormat.DataIntegrity, issuer, options)), "1/s");
        yield return new(
            "text to verdict, whole, one core",
            OneCore.Rate(duration, () => Require(verifier.VerifyAsync(text, VerificationRequest.Anything, default).GetAwaiter().GetResult())), "1/s");
    }

    private static IEnumerable<Figure> StatusLists(TimeSpan duration)
    {
        const int Count = 1_000_000;
        var bits = new StatusBits(Count);
        for (var i = 0; i < Count; i += 997)
        {
            bits[i] = EntryStatus.Revoked;
        }

        var rate = OneCore.Rate(duration, () => BitstringStatusList.Encode(bits, StatusPurpose.Revocation));
        yield return Figure.AtMost("status list of 1,000,000 entries encoded", 1000 / rate, "ms", 50);
    }

    private static void Require(VerificationReport report)
    {
        if (report.Verdict != Verdict.Valid)
        {
            throw new InvalidOperationException($"The bench's own credential is not valid: {report.FirstObstacle}");
        }
    }

    /// <summary>Keeps what it resolved, as the node's resolver does.</summary>
    private sealed class DidKeys : IDidResolver
    {
        private readonly ConcurrentDictionary<string, Task<DidResolution>> _known = new(StringComparer.Ordinal);

        public Task<DidResolution> ResolveAsync(DidUrl url, CancellationToken ct) =>
            _known.GetOrAdd(url.Did, did => Task.FromResult(DidResolution.Of(DidKey.Resolve(did))));
    }
}
