using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials;

/// <summary>A private key with the name under which its public half stands in the owner's DID document.</summary>
/// <param name="Id">An absolute DID URL with a fragment, e.g. <c>did:web:coop.example#key-1</c>.</param>
/// <param name="Key">The private key.</param>
public sealed record IssuerKey(string Id, ISigningKey Key)
{
    /// <summary>The DID within <see cref="Id"/>.</summary>
    /// <exception cref="CredentialException"><see cref="Id"/> is no absolute DID URL.</exception>
    public string Did => DidUrl.TryParse(Id, out var url) && url.Fragment is not null
        ? url.Did
        : throw new CredentialException(CredentialCodes.KeyId, "A key's name is not an absolute DID URL.");

    /// <summary>The key of a did:key.</summary>
    public static IssuerKey OfDidKey(ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(DidKey.MethodId(key.Public), key);
    }
}
