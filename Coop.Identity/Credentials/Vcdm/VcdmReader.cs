using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Identity.Credentials.Vcdm;

/// <summary>A document of VCDM 2.0 or 1.1 as the claim model.</summary>
internal static class VcdmReader
{
    private const int MaxEntries = 16;

    /// <summary>The credential of a complete document; proofs are not looked at.</summary>
    /// <exception cref="CredentialException">It is not as the data model says, or says what is not known here.</exception>
    public static CredentialContent Read(JsonObject json)
    {
        var isVersion2 = IsVersion2(json);
        var issuer = Issuer(json);
        var subject = Subject(json);
        return new CredentialContent
        {
            Id = json.Text("id"),
            Type = Type(json),
            Issuer = issuer.Id,
            IssuerName = issuer.Name,
            Subject = subject.Text("id"),
            ValidFrom = json.Time(isVersion2 ? "validFrom" : "issuanceDate"),
            ValidUntil = json.Time(isVersion2 ? "validUntil" : "expirationDate"),
            Claims = Claims(subject),
            Status = [.. Entries(json, "credentialStatus").Select(Status)],
        };
    }

    /// <summary>The schemas that the credential names, by id; null for one of another type.</summary>
    public static IReadOnlyList<string?> Schemas(JsonObject json) =>
        [.. Entries(json, "credentialSchema").Select(s => s.Text("type") == VcdmNames.SchemaType ? s.RequiredText("id") : null)];

    /// <summary>Whether <c>type</c> names this.</summary>
    public static bool IsOfType(JsonObject json, string type) => Types(json).Contains(type);

    /// <summary>VCDM 2.0, section 4.3: the first context says which version it is.</summary>
    public static bool IsVersion2(JsonObject json) =>
        json.OneOrMany("@context") is [JsonValue v, ..] && v.GetValueKind() == JsonValueKind.String
            ? v.GetValue<string>() switch
            {
                VcdmNames.Context20 => true,
                VcdmNames.Context11 => false,
                _ => throw CredentialException.Unsupported(
                    CredentialCodes.TypeUnsupported, "The first context is of no version that is known here."),
            }
            : throw JsonText.Malformed("The first context is missing.");

    private static CredentialType Type(JsonObject json)
    {
        var types = Types(json);
        if (!types.Contains(VcdmNames.Credential))
        {
            throw JsonText.Malformed("\"type\" does not say VerifiableCredential.");
        }

        var own = types.Where(t => t != VcdmNames.Credential).ToArray();
        return own.Select(CredentialType.OfName).FirstOrDefault(t => t.IsKnown)
            ?? CredentialType.OfName(own.FirstOrDefault() ?? VcdmNames.Credential);
    }

    private static List<string> Types(JsonObject json) =>
        [.. json.OneOrMany("type").Select(t => t is JsonValue v && v.GetValueKind() == JsonValueKind.String
            ? v.GetValue<string>()
            : throw JsonText.Malformed("\"type\" holds something that is no text."))];

    private static (string Id, string? Name) Issuer(JsonObject json) => json["issuer"] switch
    {
        JsonObject o => (o.RequiredText("id"), o["name"] is JsonValue ? o.Text("name") : null),
        _ => (json.RequiredText("issuer"), null),
    };

    private static JsonObject Subject(JsonObject json)
    {
        var subjects = json.OneOrMany("credentialSubject");
        return subjects.Count switch
        {
            1 => subjects[0] as JsonObject ?? throw JsonText.Malformed("\"credentialSubject\" is not an object."),
            0 => throw JsonText.Malformed("\"credentialSubject\" is missing."),
            _ => throw CredentialException.Unsupported(
                CredentialCodes.TypeUnsupported, "A credential about several subjects is not known here."),
        };
    }

    private static JsonObject Claims(JsonObject subject)
    {
        var claims = subject.DeepClone().AsObject();
        claims.Remove("id");
        return claims;
    }

    private static IEnumerable<JsonObject> Entries(JsonObject json, string name)
    {
        var entries = json.OneOrMany(name);
        return entries.Count <= MaxEntries
            ? entries.Select(e => e as JsonObject ?? throw JsonText.Malformed($"\"{name}\" is not an object."))
            : throw JsonText.Malformed($"\"{name}\" has too many entries.");
    }

    // A status that is not known here is kept as such: it must not look like none.
    private static StatusReference Status(JsonObject json)
    {
        StatusPurpose? purpose = json.Text("statusPurpose") switch
        {
            "revocation" => StatusPurpose.Revocation,
            "suspension" => StatusPurpose.Suspension,
            _ => null,
        };
        if (json.Text("type") != VcdmNames.BitstringEntry || purpose is null || json["statusSize"] is { } size && !IsOne(size))
        {
            return new StatusReference(StatusListKind.Unsupported, StatusPurpose.Any, json.Text("type") ?? "", 0);
        }

        return new StatusReference(
            StatusListKind.Bitstring, purpose.Value, json.RequiredText("statusListCredential"), Index(json));
    }

    private static bool IsOne(JsonNode size) => size is JsonValue v && v.TryGetValue<int>(out var i) && i == 1;

    // Section 2.1: an integer as text; implementations write numbers too.
    private static int Index(JsonObject json) =>
        json["statusListIndex"] is JsonValue v
        && int.TryParse(v.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw JsonText.Malformed("\"statusListIndex\" is not an index.");
}
