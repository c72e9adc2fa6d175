namespace Coop.Identity.Credentials.Vcdm;

/// <summary>Names of the W3C Verifiable Credentials Data Model, versions 1.1 and 2.0.</summary>
internal static class VcdmNames
{
    public const string Context11 = "https://www.w3.org/2018/credentials/v1";
    public const string Context20 = "https://www.w3.org/ns/credentials/v2";

    /// <summary>Gives a meaning to terms that no other context defines (VCDM 2.0, section 5.13).</summary>
    public const string UndefinedTerms = "https://www.w3.org/ns/credentials/undefined-terms/v2";

    /// <summary>The vocabulary of <see cref="UndefinedTerms"/>, in line for VCDM 1.1.</summary>
    public const string UndefinedVocabulary = "https://www.w3.org/ns/credentials/undefined-term#";

    public const string Credential = "VerifiableCredential";
    public const string Presentation = "VerifiablePresentation";
    public const string EnvelopedCredential = "EnvelopedVerifiableCredential";
    public const string EnvelopedPresentation = "EnvelopedVerifiablePresentation";
    public const string SchemaType = "JsonSchema";
    public const string BitstringEntry = "BitstringStatusListEntry";

    public static string PurposeName(StatusPurpose purpose) =>
        purpose == StatusPurpose.Revocation ? "revocation" : "suspension";
}
