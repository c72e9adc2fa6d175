using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Keys;

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
}
