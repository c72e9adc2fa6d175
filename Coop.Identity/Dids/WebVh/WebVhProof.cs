using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Keys;

namespace Coop.Identity.Dids.WebVh;

/// <summary>The proofs of entries and witnesses: eddsa-jcs-2022 by a did:key, for assertionMethod.</summary>
internal static class WebVhProof
{
    private const string Purpose = "assertionMethod";
    private const string Prefix = "did:key:";

    /// <summary>The Multikey that a proof says it is by; its did:key names it twice.</summary>
    /// <exception cref="WebVhException">The proof is of another kind, or names no did:key.</exception>
    public static string Signer(JsonObject proof)
    {
        if (Text(proof, "proofPurpose") != Purpose)
        {
            throw new WebVhException(WebVhCodes.Proof, $"The proof is not for {Purpose}.");
        }

        var method = Text(proof, "verificationMethod") ?? "";
        var parts = method.Split('#');
        return parts.Length == 2
            && parts[0].StartsWith(Prefix, StringComparison.Ordinal)
            && parts[0][Prefix.Length..] == parts[1]
            ? parts[1]
            : throw new WebVhException(WebVhCodes.Proof, "The proof's verification method is no did:key with its fragment.");
    }

    public static ProofCheck Check(JsonObject document, JsonObject proof, string multikey)
    {
        try
        {
            return EddsaJcs2022.Verify(document, proof, VerificationKey.ParseMultikey(multikey));
        }
        catch (KeyFormatException e)
        {
            throw new WebVhException(WebVhCodes.Proof, $"The proof's key is unacceptable: {e.Message}", e);
        }
    }

    public static JsonObject Create(JsonObject document, ISigningKey key, string created) => EddsaJcs2022.CreateProof(
        document,
        new JsonObject
        {
            ["verificationMethod"] = DidKey.MethodId(key.Public),
            ["created"] = created,
            ["proofPurpose"] = Purpose,
        },
        key);

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
