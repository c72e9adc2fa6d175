using Coop.Identity.Credentials.Jose;
using Coop.Identity.Presentations;

namespace Coop.Identity.Credentials.Verification;

/// <summary>The holder's proof of an SD-JWT VC: its key-binding JWT (RFC 9901, section 7.3).</summary>
internal static class SdJwtHolderRule
{
    public static VerificationReport Apply(
        VerificationReport report, OpenedCredential credential, VerificationRequest request, DateTimeOffset now)
    {
        if (credential.SdJwt?.KeyBinding is not { } proof)
        {
            return HolderRule.NotPresented(report, request);
        }

        if (credential.Content.HolderKey is not { } key)
        {
            return report with
            {
                HolderBinding = Check.Failed(CredentialCodes.HolderUnbound, "The credential names no key of its holder."),
            };
        }

        try
        {
            RequireProof(proof, credential, request, now);
            proof.Verify(key);
            return report with
            {
                HolderBinding = Check.Passed("The holder proved the key that the credential names."),
                Holder = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + key.JwkThumbprint(),
                AudienceAndNonce = AudienceRule.Check(
                    request, AudienceRule.AudiencesOf(proof.Payload), proof.Payload.Text("nonce")),
            };
        }
        catch (CredentialException e)
        {
            return report with { HolderBinding = Check.Of(e) };
        }
    }

    private static void RequireProof(
        CompactJws proof, OpenedCredential credential, VerificationRequest request, DateTimeOffset now)
    {
        if (proof.Type != KeyBinding.Type)
        {
            throw new CredentialException(CredentialCodes.TypeUnsupported, "The holder's proof is of another type.");
        }

        if (proof.Payload.RequiredText("sd_hash") != credential.SdJwt!.Hash)
        {
            throw new CredentialException(CredentialCodes.SdHash, "The holder's proof is over another presentation.");
        }

        _ = proof.Payload.RequiredText("nonce");
        HolderRule.RequireFresh(proof.Payload.Seconds("iat"), request, now);
    }
}
