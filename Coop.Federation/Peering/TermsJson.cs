using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Federation.Peering;

/// <summary>Reading of JSON members, each of the kind that is expected or refused.</summary>
public static class TermsJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>These members, and no other.</summary>
    public static void Require(JsonObject json, params string[] names)
    {
        if (names.FirstOrDefault(n => !json.ContainsKey(n)) is { } missing)
        {
            throw Malformed($"\"{missing}\" is missing.");
        }

        if (json.Count != names.Length)
        {
            throw Malformed("There is a member that is not known here.");
        }
    }

    public static string Text(JsonObject json, string name, int maxLength) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() is { Length: > 0 } text && text.Length <= maxLength
            ? text
            : throw Malformed($"\"{name}\" is not a text of 1 to {maxLength} characters.");

    public static JsonObject ObjectOf(JsonObject json, string name) =>
        json[name] as JsonObject ?? throw Malformed($"\"{name}\" is not an object.");

    public static JsonArray Array(JsonObject json, string name, int min, int max) =>
        json[name] is JsonArray array && array.Count >= min && array.Count <= max
            ? array
            : throw Malformed($"\"{name}\" is not a list of {min} to {max}.");

    public static JsonObject[] Objects(JsonObject json, string name, int min, int max) =>
    [
        .. Array(json, name, min, max).Select(item => item as JsonObject ?? throw Malformed($"\"{name}\" holds something else than objects.")),
    ];

    public static long Number(JsonObject json, string name, long min, long max) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && long.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : throw Malformed($"\"{name}\" is not a whole number from {min} to {max}.");

    public static DateTimeOffset Time(JsonObject json, string name)
    {
        var text = Text(json, name, 20);
        return DateTimeOffset.TryParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Malformed($"\"{name}\" is not a time in UTC, to the second.");
    }

    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static PeeringException Malformed(string message) => new(PeeringCodes.Malformed, message);
}
