using System.Globalization;
using System.Text.Json.Nodes;

namespace Coop.Identity.Credentials.Vcdm;

/// <summary>The claim model as a document of VCDM 2.0 or 1.1, without proof.</summary>
internal static class VcdmWriter
{
    public static JsonObject Write20(CredentialContent content)
    {
        var json = new JsonObject { ["@context"] = new JsonArray(VcdmNames.Context20, VcdmNames.UndefinedTerms) };
        AddCommon(json, content);
        json["validFrom"] = JsonText.ToText(content.ValidFrom!.Value);
        if (content.ValidUntil is { } until)
        {
            json["validUntil"] = JsonText.ToText(until);
        }

        return json;
    }

    /// <summary>The <c>vc</c> claim; what the JWT's own claims say is not repeated (VCDM 1.1, section 6.3.1).</summary>
    public static JsonObject Write11(CredentialContent content)
    {
        var json = new JsonObject
        {
            ["@context"] = new JsonArray(
                VcdmNames.Context11, new JsonObject { ["@vocab"] = VcdmNames.UndefinedVocabulary }),
        };
        AddCommon(json, content);
        json.Remove("id");
        json["credentialSubject"]!.AsObject().Remove("id");
        if (content.IssuerName is null)
        {
            json.Remove("issuer");
        }

        return json;
    }

    private static void AddCommon(JsonObject json, CredentialContent content)
    {
        if (content.Id is not null)
        {
            json["id"] = content.Id;
        }

        json["type"] = new JsonArray(VcdmNames.Credential, content.Type.Name);
        json["issuer"] = content.IssuerName is null
            ? content.Issuer
            : new JsonObject { ["id"] = content.Issuer, ["name"] = content.IssuerName };
        json["credentialSubject"] = Subject(content);
        json["credentialSchema"] = new JsonObject
        {
            ["id"] = content.Type.SchemaId,
            ["type"] = VcdmNames.SchemaType,
        };
        var status = content.Status.Where(s => s.Kind == StatusListKind.Bitstring).Select(Status).ToArray<JsonNode?>();
        if (status.Length > 0)
        {
            json["credentialStatus"] = new JsonArray(status);
        }
    }

    private static JsonObject Subject(CredentialContent content)
    {
        var subject = new JsonObject();
        if (content.Subject is not null)
        {
            subject["id"] = content.Subject;
        }

        foreach (var (name, value) in content.Claims)
        {
            subject[name] = value?.DeepClone();
        }

        return subject;
    }

    private static JsonObject Status(StatusReference status)
    {
        var index = status.Index.ToString(CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["id"] = $"{status.Uri}#{index}",
            ["type"] = VcdmNames.BitstringEntry,
            ["statusPurpose"] = VcdmNames.PurposeName(status.Purpose),
            ["statusListIndex"] = index,
            ["statusListCredential"] = status.Uri,
        };
    }
}
