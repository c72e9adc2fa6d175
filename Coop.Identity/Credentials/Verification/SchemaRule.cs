using Coop.Identity.Credentials.Schemas;

namespace Coop.Identity.Credentials.Verification;

/// <summary>The claims against the schema of their type, and against every schema that is named.</summary>
internal static class SchemaRule
{
    public static Check Check(OpenedCredential credential)
    {
        if (credential.Schemas.Any(s => s is null || CredentialSchemas.Find(s) is null))
        {
            return Credentials.Check.Unsupported(CredentialCodes.SchemaUnsupported, "It names a schema that is not known here.");
        }

        var ids = credential.Schemas.Append(credential.Content.Type.SchemaId).OfType<string>().Distinct().ToArray();
        return ids.Length == 0
            ? Credentials.Check.NotChecked(CredentialCodes.SchemaNone, "It names no schema.")
            : ids.Select(id => Violation(credential, id)).FirstOrDefault(v => v is not null) is { } violation
                ? Credentials.Check.Failed(CredentialCodes.Schema, violation + ".")
                : Credentials.Check.Passed("The claims are as the schema says.");
    }

    // What the holder of an SD-JWT keeps back is not missing.
    private static string? Violation(OpenedCredential credential, string id) =>
        CredentialSchemas.Find(id)!.FirstViolation(credential.Content.Claims, isPartial: credential.SdJwt is not null);
}
