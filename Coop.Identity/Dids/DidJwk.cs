using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>
/// did:jwk (github.com/quartzjer/did-jwk): the DID is base64url of a public JWK's JSON; the document
/// follows from it, with the one verification method <c>#0</c>.
/// </summary>
public static class DidJwk
{
    public const string Method = "jwk";

    private const string Prefix = "did:jwk:";

    public static string Create(VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Prefix + Base64Url.Encode(CanonicalJson.Serialize(key.ToJwk()));
    }

    /// <summary>The absolute id of the one verification method.</summary>
    public static string MethodId(VerificationKey key) => Create(key) + "#0";

    /// <summary>The key of a did:jwk, without fragment.</summary>
    /// <exception cref="DidException">This is no did:jwk, or no acceptable key.</exception>
    public static VerificationKey KeyOf(string did)
    {
        var jwk = JwkOf(did);
        try
        {
            return VerificationKey.FromJwk(jwk);
        }
        catch (KeyFormatException e)
        {
            throw new DidException(DidError.InvalidDid, e.Code, $"The did:jwk holds no acceptable key: {e.Message}", e);
        }
    }

    /// <exception cref="DidException">This is no did:jwk, or no acceptable key.</exception>
    public static DidDocument Resolve(string did)
    {
        KeyOf(did);
        return DidDocument.Parse(Document(did, JwkOf(did)), did);
    }

    private static JsonObject JwkOf(string did)
    {
        ArgumentNullException.ThrowIfNull(did);
        try
        {
            if (did.Length <= DidUrl.MaxLength
                && did.StartsWith(Prefix, StringComparison.Ordinal)
                && Base64Url.TryDecode(did.AsSpan(Prefix.Length), out var json)
                && CanonicalJson.Parse(json) is JsonObject jwk)
            {
                return jwk;
            }
        }
        catch (CanonicalJsonException)
        {
            // Answered below.
        }

        throw new DidException(DidError.InvalidDid, DidCodes.InvalidIdentifier, "This is not a did:jwk.");
    }

    private static JsonObject Document(string did, JsonObject jwk)
    {
        var id = did + "#0";
        var document = new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"),
            ["id"] = did,
            ["verificationMethod"] = new JsonArray(new JsonObject
            {
                ["id"] = id, ["type"] = "JsonWebKey2020", ["controller"] = did, ["publicKeyJwk"] = jwk,
            }),
        };

        // A key for encryption alone signs nothing.
        var isForEncryption = (jwk["use"] as JsonValue)?.ToString() == "enc";
        string[] purposes = isForEncryption
            ? ["keyAgreement"]
            : ["assertionMethod", "authentication", "capabilityInvocation", "capabilityDelegation"];
        foreach (var purpose in purposes)
        {
            document[purpose] = new JsonArray(id);
        }

        return document;
    }
}
