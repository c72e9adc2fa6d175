using System.Text.Json.Nodes;
using Coop.Identity.Json;
using Coop.Node.Http;

namespace Coop.Node.Features.Issuing;

/// <summary>
/// Reads bodies as OAuth wants them: nothing twice, and what is not known is ignored. Bounded by
/// <see cref="HttpSetup.MaxBodyBytes"/>, which the server enforces.
/// </summary>
internal static class BodyReading
{
    private const string InvalidRequest = "invalid_request";
    private const int MaxFields = 32;

    /// <exception cref="OAuthException">It is no form, or a field stands in it twice.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadFormAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType || request.ContentType!.StartsWith("multipart", StringComparison.OrdinalIgnoreCase))
        {
            throw new OAuthException(InvalidRequest, "The body is not application/x-www-form-urlencoded.");
        }

        try
        {
            var form = await new Microsoft.AspNetCore.WebUtilities.FormPipeReader(request.BodyReader)
            {
                ValueCountLimit = MaxFields,
                KeyLengthLimit = HttpSetup.MaxBodyBytes,
                ValueLengthLimit = HttpSetup.MaxBodyBytes,
            }.ReadFormAsync(ct);
            return form.All(f => f.Value.Count == 1)
                ? form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal)
                : throw new OAuthException(InvalidRequest, "A field stands in the body twice.");
        }
        catch (InvalidDataException)
        {
            throw new OAuthException(InvalidRequest, "The body has too many fields.");
        }
    }

    /// <exception cref="OAuthException">It is no JSON object, or a member stands in it twice.</exception>
    public static async Task<JsonObject> ReadJsonAsync(HttpRequest request, string error, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw new OAuthException(error, "The body is not application/json.");
        }

        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, ct);
        return ParseJson(bytes.ToArray(), error);
    }

    /// <exception cref="OAuthException">It is no JSON object, or a member stands in it twice.</exception>
    public static JsonObject ParseJson(ReadOnlySpan<byte> utf8, string error)
    {
        try
        {
            return CanonicalJson.Parse(utf8) as JsonObject
                ?? throw new OAuthException(error, "The JSON is not an object.");
        }
        catch (CanonicalJsonException)
        {
            throw new OAuthException(error, "The JSON cannot be read.");
        }
    }

    public static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
