using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Credentials;

/// <summary>Reading of JSON members, each of the kind that is expected or refused.</summary>
internal static class JsonText
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <exception cref="CredentialException">Not a JSON object, or a member twice.</exception>
    public static JsonObject Object(ReadOnlySpan<byte> utf8) => Parse(utf8) as JsonObject
        ?? throw new CredentialException(CredentialCodes.Json, "This is JSON, but not an object.");

    /// <exception cref="CredentialException">Not JSON, or a member twice, or a text that is no Unicode.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return CanonicalJson.Parse(utf8);
        }
        catch (CanonicalJsonException e)
        {
            throw new CredentialException(CredentialCodes.Json, e.Message, e);
        }
    }

    /// <exception cref="CredentialException">Not a JSON object, or a member twice.</exception>
    public static JsonObject Object(string text) => Object(Encoding.UTF8.GetBytes(text));

    /// <summary>A string member; null where it is missing.</summary>
    /// <exception cref="CredentialException">It is there and no string.</exception>
    public static string? Text(this JsonObject json, string name) => json[name] switch
    {
        null when !json.ContainsKey(name) => null,
        JsonValue v when v.GetValueKind() == JsonValueKind.String => v.GetValue<string>(),
        _ => throw Malformed($"\"{name}\" is not a string."),
    };

    public static string RequiredText(this JsonObject json, string name) =>
        json.Text(name) ?? throw Malformed($"\"{name}\" is missing.");

    /// <summary>An object member; null where it is missing.</summary>
    /// <exception cref="CredentialException">It is there and no object.</exception>
    public static JsonObject? Member(this JsonObject json, string name) => json[name] switch
    {
        null when !json.ContainsKey(name) => null,
        JsonObject o => o,
        _ => throw Malformed($"\"{name}\" is not an object."),
    };

    /// <summary>Where VCDM allows one value or an array of them: the values.</summary>
    public static IReadOnlyList<JsonNode?> OneOrMany(this JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray a => [.. a],
        var one => [one],
    };

    /// <summary>NumericDate (RFC 7519); null where it is missing.</summary>
    public static DateTimeOffset? Seconds(this JsonObject json, string name)
    {
        if (!json.ContainsKey(name))
        {
            return null;
        }

        // Fractions are allowed; 253402300799 is the last second of the year 9999.
        return json[name] is JsonValue v && v.GetValueKind() == JsonValueKind.Number
            && v.TryGetValue<double>(out var seconds) && seconds is >= 0 and <= 253_402_300_799
                ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
                : throw Malformed($"\"{name}\" is not a number of seconds since 1970.");
    }

    public static int? Integer(this JsonObject json, string name) => json[name] switch
    {
        null when !json.ContainsKey(name) => null,
        JsonValue v when v.GetValueKind() == JsonValueKind.Number && v.TryGetValue<int>(out var i) => i,
        _ => throw Malformed($"\"{name}\" is not a whole number."),
    };

    /// <summary>XSD dateTimeStamp; null where it is missing.</summary>
    public static DateTimeOffset? Time(this JsonObject json, string name)
    {
        if (json.Text(name) is not { } text)
        {
            return null;
        }

        return text.Length <= 40 && text.Contains('T', StringComparison.Ordinal) && HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : throw Malformed($"\"{name}\" is not a time with its offset.");
    }

    public static string ToText(DateTimeOffset time) =>
        time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static CredentialException Malformed(string message) => new(CredentialCodes.Malformed, message);

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
}
