using System.Text.Json.Nodes;
using Coop.Identity.Credentials;
using Coop.Identity.Credentials.Jose;
using Coop.Identity.Credentials.Vcdm;
using Coop.Identity.Credentials.Verification;

namespace Coop.Identity.Presentations;

/// <summary>Reads presentations of VCDM in their three encodings; nothing is verified yet.</summary>
internal static class PresentationReader
{
    /// <summary>Credentials in one presentation.</summary>
    public const int MaxCredentials = 16;

    /// <summary>Null where the document is no presentation.</summary>
    public static OpenedPresentation? TryOpen(JsonObject document)
    {
        if (VcdmReader.IsOfType(document, VcdmNames.EnvelopedPresentation))
        {
            return TryOpen(CompactJws.Parse(Envelope.TextOf(document)));
        }

        return VcdmReader.IsOfType(document, VcdmNames.Presentation) ? OfDataIntegrity(document) : null;
    }

    /// <summary>Null where the JWT is no presentation.</summary>
    public static OpenedPresentation? TryOpen(CompactJws jws) => jws.Type switch
    {
        VcdmJwt.PresentationType20 => OfJwt20(jws),
        VcdmJwt.Type11 or null when jws.Payload["vp"] is JsonObject vp => OfJwt11(jws, vp),
        _ => null,
    };

    private static OpenedPresentation OfDataIntegrity(JsonObject document)
    {
        var proof = VcdmDataIntegrity.ProofOf(document, VcdmDataIntegrity.AuthenticationPurpose);
        var keyId = proof.RequiredText("verificationMethod");
        return new OpenedPresentation("presentation with eddsa-jcs-2022", HolderOf(document, Did(keyId)))
        {
            KeyId = keyId,
            VerifySignature = key => VcdmDataIntegrity.Verify(document, proof, key),
            Audiences = AudienceRule.AudiencesOf(proof, "domain"),
            Nonce = proof.Text("challenge"),
            Expires = proof.Time("expires"),
            Credentials = CredentialsOf(document),
        };
    }

    private static OpenedPresentation OfJwt20(CompactJws jws)
    {
        VcdmJwt.RefuseVcClaims(jws.Payload);
        if (!VcdmReader.IsOfType(jws.Payload, VcdmNames.Presentation))
        {
            throw JsonText.Malformed("\"type\" does not say VerifiablePresentation.");
        }

        return OfJwt(jws, VcdmJwt.PresentationType20, jws.Payload);
    }

    private static OpenedPresentation OfJwt11(CompactJws jws, JsonObject vp) => OfJwt(jws, "presentation of VCDM 1.1 as JWT", vp);

    private static OpenedPresentation OfJwt(CompactJws jws, string format, JsonObject document)
    {
        var said = jws.Payload.Text("iss") ?? (jws.KeyId is { } keyId ? Did(keyId) : document.RequiredText("holder"));
        return new OpenedPresentation(format, HolderOf(document, said))
        {
            KeyId = jws.KeyId,
            VerifySignature = jws.Verify,
            Audiences = AudienceRule.AudiencesOf(jws.Payload),
            Nonce = jws.Payload.Text("nonce"),
            NotBefore = jws.Payload.Seconds("nbf"),
            Expires = jws.Payload.Seconds("exp"),
            Credentials = CredentialsOf(document),
        };
    }

    private static string Did(string keyId) => keyId.Split('#', '?')[0];

    // The holder is a DID, or an object with one; who signs must be the holder.
    private static string HolderOf(JsonObject document, string signer)
    {
        var holder = document["holder"] is JsonObject o ? o.Text("id") : document.Text("holder");
        return holder is null || holder == signer
            ? signer
            : throw new CredentialException(CredentialCodes.ClaimsConflict, "Who signed the presentation is not its holder.");
    }

    private static IReadOnlyList<JsonNode?> CredentialsOf(JsonObject document) =>
        document.OneOrMany("verifiableCredential") is { Count: > 0 and <= MaxCredentials } credentials
            ? credentials
            : throw new CredentialException(
                CredentialCodes.PresentationCount, $"A presentation holds 1 to {MaxCredentials} credentials.");
}
