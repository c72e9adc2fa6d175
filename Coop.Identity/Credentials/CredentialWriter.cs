using Coop.Identity.Credentials.Schemas;
using Coop.Identity.Credentials.SdJwt;
using Coop.Identity.Credentials.Vcdm;
using Coop.Identity.Keys;

namespace Coop.Identity.Credentials;

/// <summary>Issues credentials: one content, four encodings. Pure but for the salts of SD-JWT VC.</summary>
public static class CredentialWriter
{
    /// <summary>The signed credential: JSON for Data Integrity, compact text for the others.</summary>
    /// <param name="content">What it says; its claims must be as the type's schema says.</param>
    /// <param name="format">The encoding.</param>
    /// <param name="key">
    /// A key of the content's issuer: Ed25519 for Data Integrity, P-256 for SD-JWT VC, either for the JWTs.
    /// </param>
    /// <param name="options">The time, and how to hide claims.</param>
    /// <exception cref="CredentialException">The content is not acceptable, or the key not of this issuer or encoding.</exception>
    public static string Issue(CredentialContent content, CredentialFormat format, IssuerKey key, IssueOptions options)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        Require(content, key);
        return format switch
        {
            CredentialFormat.DataIntegrity when key.Key.Public.Type == KeyType.Ed25519 =>
                VcdmDataIntegrity.Issue(content, key, options),
            CredentialFormat.DataIntegrity => throw new CredentialException(
                CredentialCodes.AlgorithmMismatch, "eddsa-jcs-2022 is signed with Ed25519."),
            CredentialFormat.VcJwt => VcdmJwt.Issue20(content, key, options),
            CredentialFormat.SdJwtVc => SdJwtVc.Issue(content, key, options),
            CredentialFormat.VcJwt11 => VcdmJwt.Issue11(content, key, options),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
    }

    private static void Require(CredentialContent content, IssuerKey key)
    {
        if (key.Did != content.Issuer)
        {
            throw new CredentialException(CredentialCodes.KeyNotIssuers, "The key is not one of the issuer's.");
        }

        if (content.ValidFrom is not { } from || content.ValidUntil <= from)
        {
            throw JsonText.Malformed("A credential needs a beginning, before its end.");
        }

        CredentialSchemas.Require(content);
    }
}
