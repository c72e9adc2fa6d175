using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.Verification;

/// <summary>The key that a signature names, by its owner's DID document.</summary>
/// <param name="Key">Null where it was not found.</param>
/// <param name="Resolution">Whether the DID resolved.</param>
/// <param name="Obstacle">Why there is no key although it resolved; null otherwise.</param>
internal sealed record FoundKey(VerificationKey? Key, Check Resolution, Check? Obstacle = null)
{
    public static FoundKey None(Check resolution) => new(null, resolution);

    /// <summary>The check of a signature with this key.</summary>
    public Check Verify(Action<VerificationKey> verifySignature)
    {
        if (Key is null)
        {
            return Obstacle ?? Check.NotChecked(CredentialCodes.NoKey, "There is no key to check the signature with.");
        }

        try
        {
            verifySignature(Key);
            return Check.Passed("The signature is by the named key.");
        }
        catch (CredentialException e)
        {
            return Check.Of(e);
        }
    }
}

/// <summary>Finds the key that is named, not the first that would do.</summary>
internal sealed class KeyFinder(IDidResolver resolver)
{
    /// <param name="did">Whose key it must be.</param>
    /// <param name="keyId">An absolute DID URL; null is allowed where the owner has one key alone.</param>
    /// <param name="purpose">What the owner must allow the key for.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<FoundKey> FindAsync(string did, string? keyId, VerificationPurpose purpose, CancellationToken ct)
    {
        if (!DidUrl.TryParse(did, out var owner) || owner.ToString() != owner.Did)
        {
            return FoundKey.None(Check.Unsupported(CredentialCodes.IssuerUnsupported, "It is named otherwise than by a DID."));
        }

        var resolution = await resolver.ResolveAsync(owner, ct);
        if (!resolution.IsResolved)
        {
            return FoundKey.None(Unresolved(resolution));
        }

        var resolved = Check.Passed("The DID resolves.");
        try
        {
            return new FoundKey(Find(resolution.Document, owner, keyId, purpose), resolved);
        }
        catch (CredentialException e)
        {
            return new FoundKey(null, resolved, Check.Of(e));
        }
    }

    private static VerificationKey Find(DidDocument document, DidUrl owner, string? keyId, VerificationPurpose purpose)
    {
        if (keyId is null)
        {
            return document.For(purpose) is [var only]
                ? only.Key
                : throw new CredentialException(CredentialCodes.KeyId, "No key is named, and the DID has not exactly one.");
        }

        // A version in the query would let a retired key speak again.
        if (!DidUrl.TryParse(keyId, out var url) || url.Fragment is null || url.Query is not null)
        {
            throw new CredentialException(CredentialCodes.KeyId, "The key's name is not an absolute DID URL.");
        }

        if (url.Did != owner.Did)
        {
            throw new CredentialException(CredentialCodes.KeyNotIssuers, "The named key is somebody else's.");
        }

        return document.Find(keyId, purpose)?.Key
            ?? throw new CredentialException(
                CredentialCodes.KeyNotFound, "The DID document has no such key that is known here and allowed for this.");
    }

    private static Check Unresolved(DidResolution resolution)
    {
        var code = resolution.Code ?? CredentialCodes.NoKey;
        var detail = resolution.Detail ?? "The DID does not resolve.";
        return resolution.Error switch
        {
            DidError.MethodNotSupported => Check.Unsupported(code, detail),
            DidError.Unreachable or DidError.Refused => Check.Unknown(code, detail),
            _ => Check.Failed(code, detail),
        };
    }
}
