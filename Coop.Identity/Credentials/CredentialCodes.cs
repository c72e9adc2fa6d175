namespace Coop.Identity.Credentials;

/// <summary>The stable codes of checks and refusals: specs/credentials.md.</summary>
public static class CredentialCodes
{
    /// <summary>The check passed.</summary>
    public const string Ok = "ok";

    /// <summary>The text is larger than is allowed.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The text is none of the encodings.</summary>
    public const string NotRecognised = "not-recognised";

    /// <summary>Not JSON, or JSON with a member twice, or nested too deeply.</summary>
    public const string Json = "json-malformed";

    /// <summary>JSON that is a credential, presentation or list, but not as its encoding asks.</summary>
    public const string Malformed = "malformed";

    /// <summary>Not three parts, or not base64url in its canonical form.</summary>
    public const string JwsMalformed = "jws-malformed";

    /// <summary>The header names <c>none</c>.</summary>
    public const string AlgorithmNone = "alg-none";

    /// <summary>The header names another algorithm than the key's.</summary>
    public const string AlgorithmMismatch = "alg-mismatch";

    /// <summary>The header names an algorithm that is not known here.</summary>
    public const string AlgorithmUnsupported = "alg-unsupported";

    /// <summary>The header asks for an extension that is not known here.</summary>
    public const string Critical = "crit-unsupported";

    /// <summary>The header's <c>typ</c> is not known here.</summary>
    public const string TypeUnsupported = "typ-unsupported";

    /// <summary>A VCDM 2.0 JWT has a <c>vc</c> or <c>vp</c> claim.</summary>
    public const string VcClaim = "vc-claim-present";

    /// <summary>Two places say different things of one fact.</summary>
    public const string ClaimsConflict = "claims-conflict";

    /// <summary>The signature is not by the named key over these bytes.</summary>
    public const string Signature = "signature-invalid";

    /// <summary>The proof is of a suite, or of a number, that is not known here.</summary>
    public const string ProofUnsupported = "proof-unsupported";

    /// <summary>The proof lacks a member or has one of a wrong kind.</summary>
    public const string ProofMalformed = "proof-malformed";

    /// <summary>The document's contexts do not start with the proof's.</summary>
    public const string ProofContext = "proof-context";

    /// <summary>The proof is for another purpose.</summary>
    public const string ProofPurpose = "proof-purpose";

    /// <summary>The proof itself has expired.</summary>
    public const string ProofExpired = "proof-expired";

    /// <summary>No key is named and there is more than one, or its name is no absolute DID URL.</summary>
    public const string KeyId = "key-id";

    /// <summary>The named key belongs to somebody other than the issuer or holder.</summary>
    public const string KeyNotIssuers = "key-not-issuers";

    /// <summary>The DID document has no such key for this purpose.</summary>
    public const string KeyNotFound = "key-not-found";

    /// <summary>There is no key to check with, because the DID did not resolve.</summary>
    public const string NoKey = "key-unresolved";

    /// <summary>The issuer is not one of those that are trusted.</summary>
    public const string IssuerUntrusted = "issuer-untrusted";

    /// <summary>The issuer is not a DID.</summary>
    public const string IssuerUnsupported = "issuer-unsupported";

    /// <summary>The period of validity has not begun.</summary>
    public const string NotYetValid = "not-yet-valid";

    /// <summary>The period of validity is over.</summary>
    public const string Expired = "expired";

    /// <summary>There is no status to check.</summary>
    public const string StatusNone = "status-none";

    /// <summary>The credential is revoked for good.</summary>
    public const string Revoked = "status-revoked";

    /// <summary>The credential is suspended for now.</summary>
    public const string Suspended = "status-suspended";

    /// <summary>The list could not be fetched.</summary>
    public const string StatusUnreachable = "status-unreachable";

    /// <summary>The list is no longer, or not yet, to be used.</summary>
    public const string StatusStale = "status-stale";

    /// <summary>The list is not signed by the credential's issuer.</summary>
    public const string StatusSignature = "status-signature";

    /// <summary>The list is for another purpose.</summary>
    public const string StatusPurpose = "status-purpose";

    /// <summary>The list is another than the one that was asked for, or is none.</summary>
    public const string StatusList = "status-list";

    /// <summary>The list has no entry of that index.</summary>
    public const string StatusIndex = "status-index";

    /// <summary>The list is longer than is allowed, compressed or unpacked.</summary>
    public const string StatusTooLarge = "status-too-large";

    /// <summary>The list cannot be unpacked.</summary>
    public const string StatusEncoding = "status-encoding";

    /// <summary>A kind of status that is not known here.</summary>
    public const string StatusUnsupported = "status-unsupported";

    /// <summary>No schema is named and the type is not known here.</summary>
    public const string SchemaNone = "schema-none";

    /// <summary>The claims are not as the schema says.</summary>
    public const string Schema = "schema-violation";

    /// <summary>A schema that is not known here.</summary>
    public const string SchemaUnsupported = "schema-unsupported";

    /// <summary>Nobody presented the credential.</summary>
    public const string HolderNone = "holder-not-presented";

    /// <summary>Who presents is not whom the credential is about.</summary>
    public const string HolderMismatch = "holder-mismatch";

    /// <summary>The credential names no key or DID of its holder.</summary>
    public const string HolderUnbound = "holder-unbound";

    /// <summary>The holder's proof is over other disclosures.</summary>
    public const string SdHash = "holder-sd-hash";

    /// <summary>The holder's proof is too old, or from the future.</summary>
    public const string HolderTime = "holder-time";

    /// <summary>No audience or nonce was expected.</summary>
    public const string AudienceNotAsked = "audience-not-asked";

    /// <summary>The presentation is for somebody else.</summary>
    public const string AudienceMismatch = "audience-mismatch";

    /// <summary>The nonce or challenge is not the one that was asked for.</summary>
    public const string NonceMismatch = "nonce-mismatch";

    /// <summary>A disclosure is malformed, not referred to, or referred to twice.</summary>
    public const string Disclosure = "disclosure-invalid";

    /// <summary>The presentation holds no credential, or too many.</summary>
    public const string PresentationCount = "presentation-count";
}
