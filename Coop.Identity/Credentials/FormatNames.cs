namespace Coop.Identity.Credentials;

/// <summary>The encodings in words.</summary>
public static class FormatNames
{
    public static string Of(CredentialFormat format) => format switch
    {
        CredentialFormat.DataIntegrity => "eddsa-jcs-2022",
        CredentialFormat.VcJwt => "vc+jwt",
        CredentialFormat.SdJwtVc => "dc+sd-jwt",
        CredentialFormat.VcJwt11 => "VCDM 1.1 as JWT",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
