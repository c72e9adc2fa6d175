using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Coop.Node.Http;

/// <summary>
/// Times as RFC 3339, section 5.6: read only with an offset, since a time without one means something
/// else on every machine; written in UTC with <c>Z</c>. No leap seconds.
/// </summary>
public sealed partial class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    private const int MaxLength = 40;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return text is { Length: <= MaxLength }
            && Shape().IsMatch(text)
            && DateTimeOffset.TryParseExact(
                text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out time);
    }

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var time)
            ? time
            : throw new JsonException("A time is RFC 3339 with an offset.");

    public override void Write(
        Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
    }

    // "-00:00" is RFC 3339's "offset unknown", which is no offset for us.
    [GeneratedRegex(
        @"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,7})?([Zz]|(?!-00:00)[+-]\d{2}:\d{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
