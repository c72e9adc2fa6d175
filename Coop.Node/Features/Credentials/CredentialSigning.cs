using System.Globalization;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Node.Hosting;
using Coop.Node.Identity;

namespace Coop.Node.Features.Credentials;

/// <summary>Makes the signed text of a credential, in whichever encoding its holder asks for. Thread-safe.</summary>
public sealed class CredentialSigning(NodeIdentity identity, NodeOptions node, TimeProvider time)
{
    private readonly string _address = node.PublicUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>The encodings in which a credential can be had, by their names.</summary>
    public static IReadOnlyList<string> FormatsOf(Credential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return
        [
            .. Formats.All
                .Where(f => credential.Format is null || credential.Format == f)
                .Where(f => f != CredentialFormat.SdJwtVc || HolderKeyOf(credential.SubjectDid) is not null)
                .Select(Formats.NameOf),
        ];
    }

    /// <summary>The text: compact for JWTs and SD-JWTs, JSON for Data Integrity.</summary>
    public string Sign(Credential credential, CredentialFormat format)
    {
        ArgumentNullException.ThrowIfNull(credential);
        var signer = format == CredentialFormat.SdJwtVc ? identity.Es256Signer : identity.AssertionSigner;
        return CredentialWriter.Issue(
            ContentOf(credential, format), format, new IssuerKey(signer.KeyId, signer.Key), new IssueOptions(time.GetUtcNow()));
    }

    /// <summary>Where an entry of a status list of this node stands.</summary>
    internal IReadOnlyList<StatusReference> StatusOf(long list, long index) => StatusReference.InAllForms(
        checked((int)index), StatusUrl(list, "revocation"), StatusUrl(list, "suspension"), StatusUrl(list, "token"));

    /// <summary>The key that a DID names by itself; null where it would have to be looked up.</summary>
    internal static VerificationKey? HolderKeyOf(string did)
    {
        try
        {
            return did.StartsWith("did:key:", StringComparison.Ordinal) ? DidKey.KeyOf(did)
                : did.StartsWith("did:jwk:", StringComparison.Ordinal) ? DidJwk.KeyOf(did)
                : null;
        }
        catch (DidException)
        {
            return null;
        }
    }

    private CredentialContent ContentOf(Credential credential, CredentialFormat format) => new()
    {
        Id = $"urn:uuid:{credential.Id:D}",
        Type = CredentialKinds.TypeOf(credential.Kind),
        Issuer = identity.Did,
        IssuerName = node.Name,
        Subject = credential.SubjectDid,
        ValidFrom = credential.IssuedAt,
        ValidUntil = credential.ValidUntil,
        Claims = credential.Claims.DeepClone().AsObject(),
        Status = StatusOf(credential.StatusList, credential.StatusIndex),
        HolderKey = format == CredentialFormat.SdJwtVc ? HolderKeyOf(credential.SubjectDid) : null,
    };

    private string StatusUrl(long list, string form) =>
        string.Create(CultureInfo.InvariantCulture, $"{_address}/status/{list}/{form}");
}
