using System.Text.Json.Nodes;
using Coop.Identity.Credentials.DataIntegrity;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials.Vcdm;

/// <summary>VCDM documents with one embedded <c>eddsa-jcs-2022</c> proof.</summary>
internal static class VcdmDataIntegrity
{
    public const string AssertionPurpose = "assertionMethod";
    public const string AuthenticationPurpose = "authentication";

    public static string Issue(CredentialContent content, IssuerKey key, IssueOptions options) =>
        Secure(VcdmWriter.Write20(content), key, new JsonObject
        {
            ["created"] = JsonText.ToText(options.Now),
            ["verificationMethod"] = key.Id,
            ["proofPurpose"] = AssertionPurpose,
        });

    /// <summary>Adds the proof to the document.</summary>
    public static string Secure(JsonObject document, IssuerKey key, JsonObject proofOptions)
    {
        document["proof"] = EddsaJcs2022.CreateProof(document, proofOptions, key.Key);
        return document.ToJsonString();
    }

    public static OpenedCredential Read(JsonObject document)
    {
        var proof = ProofOf(document, AssertionPurpose);
        return new OpenedCredential(CredentialFormat.DataIntegrity, VcdmReader.Read(document))
        {
            KeyId = proof.RequiredText("verificationMethod"),
            VerifySignature = key => Verify(document, proof, key),
            Document = document,
            Schemas = VcdmReader.Schemas(document),
            Expires = proof.Time("expires"),
        };
    }

    /// <summary>The one proof of a document.</summary>
    /// <exception cref="CredentialException">There is none, or more, or one of another suite or purpose.</exception>
    public static JsonObject ProofOf(JsonObject document, string purpose)
    {
        var proofs = document.OneOrMany("proof");
        if (proofs.Count != 1)
        {
            throw proofs.Count == 0
                ? new CredentialException(CredentialCodes.ProofMalformed, "There is no proof.")
                : CredentialException.Unsupported(CredentialCodes.ProofUnsupported, "Several proofs are not known here.");
        }

        var proof = proofs[0] as JsonObject
            ?? throw new CredentialException(CredentialCodes.ProofMalformed, "The proof is not an object.");
        if (proof.Text("type") != EddsaJcs2022.ProofType || proof.Text("cryptosuite") != EddsaJcs2022.Cryptosuite)
        {
            throw CredentialException.Unsupported(
                CredentialCodes.ProofUnsupported, "The proof is of a suite that is not known here.");
        }

        if (proof.Text("proofPurpose") != purpose)
        {
            throw new CredentialException(CredentialCodes.ProofPurpose, $"The proof is not for the purpose {purpose}.");
        }

        _ = proof.Time("created");
        return proof;
    }

    /// <exception cref="CredentialException">The key did not make this proof.</exception>
    public static void Verify(JsonObject document, JsonObject proof, VerificationKey key)
    {
        switch (EddsaJcs2022.Verify(document, proof, key))
        {
            case ProofCheck.Valid:
                return;
            case ProofCheck.Unsupported when key.Type != KeyType.Ed25519:
                throw new CredentialException(
                    CredentialCodes.AlgorithmMismatch, "The proof is one of Ed25519, and the named key is of another kind.");
            case ProofCheck.Unsupported:
                throw CredentialException.Unsupported(
                    CredentialCodes.ProofUnsupported, "A chain of proofs is not known here.");
            case ProofCheck.ContextMismatch:
                throw new CredentialException(
                    CredentialCodes.ProofContext, "The document's contexts do not start with those of the proof.");
            case ProofCheck.Malformed:
                throw new CredentialException(CredentialCodes.ProofMalformed, "The proof is malformed.");
            default:
                throw new CredentialException(
                    CredentialCodes.Signature, "The proof is not by the named key over this document.");
        }
    }
}
