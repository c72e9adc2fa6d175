using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.DataIntegrity;

/// <summary>
/// The cryptosuite <c>eddsa-jcs-2022</c> (W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3): Ed25519
/// over SHA-256 of the canonical proof options and SHA-256 of the canonical document, 64 bytes together.
/// </summary>
/// <remarks>
/// Chains of proofs (<c>previousProof</c>) are not supported and answered so. Whether the key may sign for
/// the purpose, and when, is for the caller to judge.
/// </remarks>
public static class EddsaJcs2022
{
    public const string ProofType = "DataIntegrityProof";
    public const string Cryptosuite = "eddsa-jcs-2022";

    private const string ProofMember = "proof";
    private const string ContextMember = "@context";

    /// <summary>A copy of the document with one proof.</summary>
    /// <param name="document">Without a proof.</param>
    /// <param name="proofOptions">As for <see cref="CreateProof"/>.</param>
    /// <param name="key">Ed25519.</param>
    public static JsonObject Sign(JsonObject document, JsonObject proofOptions, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.ContainsKey(ProofMember))
        {
            throw new ArgumentException("The document has a proof already.", nameof(document));
        }

        var secured = document.DeepClone().AsObject();
        secured[ProofMember] = CreateProof(document, proofOptions, key);
        return secured;
    }

    /// <summary>A proof for the document; proofs that it may have already do not count.</summary>
    /// <param name="document">What is signed.</param>
    /// <param name="proofOptions">
    /// At least verificationMethod and proofPurpose; type, cryptosuite and the document's context are set here.
    /// </param>
    /// <param name="key">Ed25519.</param>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    /// <exception cref="CanonicalJsonException">Document or options have no canonical form.</exception>
    public static JsonObject CreateProof(JsonObject document, JsonObject proofOptions, ISigningKey key)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(proofOptions);
        ArgumentNullException.ThrowIfNull(key);
        if (key.Public.Type != KeyType.Ed25519)
        {
            throw new ArgumentException($"{Cryptosuite} signs with Ed25519.", nameof(key));
        }

        var proof = proofOptions.DeepClone().AsObject();
        proof["type"] = ProofType;
        proof["cryptosuite"] = Cryptosuite;
        if (document[ContextMember] is { } context)
        {
            proof[ContextMember] = context.DeepClone();
        }

        proof["proofValue"] = Base58Btc.EncodeMultibase(key.Sign(HashData(document, proof)));
        return proof;
    }

    /// <summary>Checks the one proof of a document.</summary>
    public static ProofCheck Verify(JsonObject securedDocument, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(securedDocument);
        return securedDocument[ProofMember] is JsonObject proof
            ? Verify(securedDocument, proof, key)
            : ProofCheck.Malformed;
    }

    /// <summary>Checks one proof; proofs within the document do not count.</summary>
    public static ProofCheck Verify(JsonObject document, JsonObject proof, VerificationKey key)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(key);
        if (!IsSupported(proof) || key.Type != KeyType.Ed25519)
        {
            return ProofCheck.Unsupported;
        }

        if (!Base58Btc.TryDecodeMultibase(Text(proof, "proofValue"), out var signature)
            || signature.Length != Ed25519.SignatureSizeBytes)
        {
            return ProofCheck.Malformed;
        }

        return BeginsWithContexts(document, proof)
            ? VerifySignature(document, proof, key, signature)
            : ProofCheck.ContextMismatch;
    }

    /// <summary>What is signed: SHA-256 of the proof without its value, then SHA-256 of the document without proof.</summary>
    internal static byte[] HashData(JsonObject document, JsonObject proof)
    {
        var hashes = new byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(CanonicalJson.SerializeWithout(proof, "proofValue"), hashes);
        SHA256.HashData(
            CanonicalJson.SerializeWithout(document, ProofMember), hashes.AsSpan(SHA256.HashSizeInBytes));
        return hashes;
    }

    private static ProofCheck VerifySignature(
        JsonObject document, JsonObject proof, VerificationKey key, byte[] signature)
    {
        try
        {
            return key.Verify(HashData(InContextOf(document, proof), proof), signature)
                ? ProofCheck.Valid
                : ProofCheck.BadSignature;
        }
        catch (CanonicalJsonException)
        {
            return ProofCheck.Malformed;
        }
    }

    private static bool IsSupported(JsonObject proof) =>
        Text(proof, "type") == ProofType
        && Text(proof, "cryptosuite") == Cryptosuite
        && !proof.ContainsKey("previousProof");

    // Section 3.3.2, step 4.1: contexts that a holder appended later were not signed.
    private static bool BeginsWithContexts(JsonObject document, JsonObject proof)
    {
        if (!proof.ContainsKey(ContextMember))
        {
            return true;
        }

        var signed = Contexts(proof);
        var present = Contexts(document);
        return signed.Count <= present.Count
            && signed.Zip(present).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
    }

    // Step 4.2: the document is hashed with the contexts that were signed.
    private static JsonObject InContextOf(JsonObject document, JsonObject proof)
    {
        if (!proof.ContainsKey(ContextMember) || JsonNode.DeepEquals(document[ContextMember], proof[ContextMember]))
        {
            return document;
        }

        var copy = document.DeepClone().AsObject();
        copy[ContextMember] = proof[ContextMember]?.DeepClone();
        return copy;
    }

    private static List<JsonNode?> Contexts(JsonObject json) =>
        json[ContextMember] is JsonArray array ? [.. array] : [json[ContextMember]];

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
