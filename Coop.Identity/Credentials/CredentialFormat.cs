namespace Coop.Identity.Credentials;

/// <summary>The four encodings of one claim model: specs/credentials.md.</summary>
public enum CredentialFormat
{
    /// <summary>VCDM 2.0 with an embedded <c>eddsa-jcs-2022</c> proof (W3C Data Integrity EdDSA 1.0).</summary>
    DataIntegrity,

    /// <summary>VCDM 2.0 as <c>vc+jwt</c> (W3C VC-JOSE-COSE), EdDSA or ES256.</summary>
    VcJwt,

    /// <summary>SD-JWT VC, <c>dc+sd-jwt</c> (RFC 9901, draft-ietf-oauth-sd-jwt-vc), ES256.</summary>
    SdJwtVc,

    /// <summary>VCDM 1.1 as JWT with a <c>vc</c> claim, EdDSA or ES256, for older verifiers.</summary>
    VcJwt11,
}
