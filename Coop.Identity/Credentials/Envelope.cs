using System.Text.Json.Nodes;

namespace Coop.Identity.Credentials;

/// <summary>
/// Enveloped credentials and presentations (VCDM 2.0, section 4.13): an object whose id is a data URL with
/// the secured text.
/// </summary>
internal static class Envelope
{
    private static readonly string[] Prefixes =
        ["data:application/vc+jwt,", "data:application/vp+jwt,", "data:application/dc+sd-jwt,"];

    public static string TextOf(JsonObject envelope)
    {
        var id = envelope.RequiredText("id");
        var prefix = Prefixes.FirstOrDefault(p => id.StartsWith(p, StringComparison.Ordinal))
            ?? throw CredentialException.Unsupported(
                CredentialCodes.TypeUnsupported, "The envelope's media type is not known here.");
        return id[prefix.Length..] is ['{', ..] ? throw JsonText.Malformed("An envelope holds no compact text.") : id[prefix.Length..];
    }

    public static JsonObject Of(string type, string mediaType, string text) => new()
    {
        ["@context"] = Vcdm.VcdmNames.Context20,
        ["id"] = $"data:{mediaType},{text}",
        ["type"] = type,
    };
}
