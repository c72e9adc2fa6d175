using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>
/// did:key (W3C CCG, did:key method 0.9) for Ed25519, P-256 and secp256k1: the DID is the Multikey itself,
/// and the document follows from it. No key for encryption is derived.
/// </summary>
public static class DidKey
{
    public const string Method = "key";

    private const string Prefix = "did:key:";

    public static string Create(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Prefix + key.ToMultikey();
    }

    /// <summary>The absolute id of the one verification method, e.g. for <c>kid</c>.</summary>
    public static string MethodId(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var multikey = key.ToMultikey();
        return $"{Prefix}{multikey}#{multikey}";
    }

    /// <summary>The key of a did:key, without fragment.</summary>
    /// <exception cref="DidException">This is no did:key, or no acceptable key.</exception>
    public static VerificationKey KeyOf(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        if (!did.StartsWith(Prefix, StringComparison.Ordinal))
        {
            throw new DidException(DidError.InvalidDid, DidCodes.InvalidIdentifier, "This is not a did:key.");
        }

        try
        {
            return VerificationKey.ParseMultikey(did[Prefix.Length..]);
        }
        catch (KeyFormatException e)
        {
            throw new DidException(DidError.InvalidDid, e.Code, $"The did:key holds no acceptable key: {e.Message}", e);
        }
    }

    /// <exception cref="DidException">This is no did:key, or no acceptable key.</exception>
    public static DidDocument Resolve(string did) => DidDocument.Parse(Document(KeyOf(did)), did);

    private static JsonObject Document(VerificationKey key)
    {
        var did = Create(key);
        var id = MethodId(key);
        return new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"),
            ["id"] = did,
            ["verificationMethod"] = new JsonArray(new JsonObject
            {
                ["id"] = id,
                ["type"] = "Multikey",
                ["controller"] = did,
                ["publicKeyMultibase"] = key.ToMultikey(),
            }),
            ["authentication"] = new JsonArray(id),
            ["assertionMethod"] = new JsonArray(id),
            ["capabilityInvocation"] = new JsonArray(id),
            ["capabilityDelegation"] = new JsonArray(id),
        };
    }
}
