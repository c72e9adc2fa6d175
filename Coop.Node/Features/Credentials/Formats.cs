using Coop.Identity.Credentials;

namespace Coop.Node.Features.Credentials;

/// <summary>The encodings under their identifiers in OpenID4VCI 1.0 (appendix A) and OpenID4VP 1.0 (appendix B).</summary>
internal static class Formats
{
    /// <summary>Best first: what a wallet that can take any should take.</summary>
    public static readonly IReadOnlyList<CredentialFormat> All =
        [CredentialFormat.SdJwtVc, CredentialFormat.DataIntegrity, CredentialFormat.VcJwt, CredentialFormat.VcJwt11];

    /// <remarks>
    /// <c>vc+jwt</c> has no profile in version 1.0; its media type stands for it, as appendix A recommends.
    /// </remarks>
    public static string NameOf(CredentialFormat format) => format switch
    {
        CredentialFormat.SdJwtVc => "dc+sd-jwt",
        CredentialFormat.DataIntegrity => "ldp_vc",
        CredentialFormat.VcJwt => "vc+jwt",
        CredentialFormat.VcJwt11 => "jwt_vc_json",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The encoding of a name; null where there is none.</summary>
    public static CredentialFormat? OfName(string name) => All.Cast<CredentialFormat?>().FirstOrDefault(f => NameOf(f!.Value) == name);
}
