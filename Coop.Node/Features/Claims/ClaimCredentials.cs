using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Identity.Credentials;
using Coop.Identity.Json;
using Coop.Node.Features.Credentials;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Features.Claims;

/// <summary>The credential within a claim: what it says, before it is signed. Thread-safe.</summary>
internal sealed class ClaimCredentials(
    CredentialSigning signing, NodeIdentity identity, NodeOptions node, TimeProvider time)
{
    /// <summary>What a credential about a member says.</summary>
    public JsonObject OfMember(Credential credential) => WithoutProof(signing.Sign(credential, CredentialFormat.DataIntegrity));

    /// <summary>A credential about the co-op itself.</summary>
    /// <exception cref="CredentialException">The claims are not as the kind's schema says.</exception>
    public JsonObject OfCoop(
        Guid claimId, ClaimKind kind, JsonObject claims, (long List, long Index) status, DateTimeOffset from, DateTimeOffset until)
    {
        var content = new CredentialContent
        {
            Id = $"urn:uuid:{claimId:D}",
            Type = ClaimKinds.TypeOf(kind),
            Issuer = identity.Did,
            IssuerName = node.Name,
            Subject = identity.Did,
            ValidFrom = from,
            ValidUntil = until,
            Claims = claims,
            Status = signing.StatusOf(status.List, status.Index),
        };
        var key = new IssuerKey(identity.AssertionSigner.KeyId, identity.AssertionSigner.Key);
        return WithoutProof(CredentialWriter.Issue(
            content, CredentialFormat.DataIntegrity, key, new IssueOptions(time.GetUtcNow())));
    }

    /// <summary>A day as credentials write it.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // It is signed when it is sent, and again whenever it is sent again, with the key of that day.
    private static JsonObject WithoutProof(string signed)
    {
        var credential = CanonicalJson.Parse(Encoding.UTF8.GetBytes(signed))!.AsObject();
        credential.Remove("proof");
        return credential;
    }
}
