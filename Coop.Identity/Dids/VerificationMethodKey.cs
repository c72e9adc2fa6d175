using System.Text.Json.Nodes;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids;

/// <summary>The key within a verification method, by its type.</summary>
internal static class VerificationMethodKey
{
    /// <summary>Null for a type or a curve that is not known here.</summary>
    /// <exception cref="KeyFormatException">The type is known and the key is malformed.</exception>
    /// <exception cref="DidException">The method has not the member that its type needs.</exception>
    public static VerificationKey? Read(JsonObject method)
    {
        try
        {
            return (method["type"] as JsonValue)?.ToString() switch
            {
                "Multikey" => Multikey(method),
                "Ed25519VerificationKey2020" => Only(KeyType.Ed25519, Multikey(method)),
                "JsonWebKey" or "JsonWebKey2020" => Jwk(method),
                "EcdsaSecp256k1VerificationKey2019" when method.ContainsKey("publicKeyJwk") =>
                    Only(KeyType.Secp256k1, Jwk(method)),
                _ => null,
            };
        }
        catch (KeyFormatException e) when (e.IsUnsupported)
        {
            return null;
        }
    }

    private static VerificationKey Multikey(JsonObject method) =>
        method["publicKeyMultibase"] is JsonValue value && value.TryGetValue<string>(out var text)
        && !method.ContainsKey("publicKeyJwk")
            ? VerificationKey.ParseMultikey(text)
            : throw Malformed("publicKeyMultibase");

    private static VerificationKey Jwk(JsonObject method) =>
        method["publicKeyJwk"] is JsonObject jwk && !method.ContainsKey("publicKeyMultibase")
            ? VerificationKey.FromJwk(jwk)
            : throw Malformed("publicKeyJwk");

    private static VerificationKey Only(KeyType type, VerificationKey key) => key.Type == type
        ? key
        : throw new DidException(
            DidError.InvalidDidDocument, DidCodes.Document, "A verification method's key is not of its type's curve.");

    private static DidException Malformed(string member) => new(
        DidError.InvalidDidDocument, DidCodes.Document, $"A verification method needs \"{member}\" and no other key.");
}
