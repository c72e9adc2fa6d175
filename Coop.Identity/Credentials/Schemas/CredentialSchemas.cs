using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Credentials.Schemas;

/// <summary>The schemas of specs/schemas, which are built into this library. Thread-safe.</summary>
public static class CredentialSchemas
{
    private const string Prefix = "schemas/";

    private static readonly Dictionary<string, JsonObject> Texts = Load();

    private static readonly Dictionary<string, JsonSchema> Schemas =
        Texts.ToDictionary(t => t.Key, t => JsonSchema.Parse(t.Value));

    /// <summary>The schema of an id, e.g. <c>urn:coop:schema:membership:1</c>; null where it is not known here.</summary>
    public static JsonSchema? Find(string id) => Schemas.GetValueOrDefault(id);

    /// <summary>The text of a schema, to be published; null where it is not known here.</summary>
    public static JsonObject? FindText(string id) => Texts.GetValueOrDefault(id)?.DeepClone().AsObject();

    /// <exception cref="CredentialException">The claims are not as the schema of their type says.</exception>
    internal static void Require(CredentialContent content)
    {
        var schema = content.Type.SchemaId is { } id ? Find(id) : null;
        if (schema is null)
        {
            throw CredentialException.Unsupported(CredentialCodes.SchemaUnsupported, "The type is not known here.");
        }

        if (schema.FirstViolation(content.Claims) is { } violation)
        {
            throw new CredentialException(CredentialCodes.Schema, violation + ".");
        }
    }

    private static Dictionary<string, JsonObject> Load()
    {
        var assembly = typeof(CredentialSchemas).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(n => Read(assembly.GetManifestResourceStream(n)!))
            .ToDictionary(s => (string)s["$id"]!, StringComparer.Ordinal);
    }

    private static JsonObject Read(Stream stream)
    {
        using (stream)
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return CanonicalJson.Parse(bytes)!.AsObject();
        }
    }
}
