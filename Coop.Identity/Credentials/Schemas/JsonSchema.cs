using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Coop.Identity.Credentials.Schemas;

/// <summary>
/// The part of JSON Schema 2020-12 that the schemas in specs/schemas use. A schema that says anything else
/// is refused when it is read, so that no keyword is ever skipped.
/// </summary>
public sealed class JsonSchema
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    private readonly List<Func<JsonNode?, string?>> _rules = [];
    private readonly Dictionary<string, JsonSchema> _properties = new(StringComparer.Ordinal);
    private readonly string[] _required;

    private JsonSchema(JsonObject json)
    {
        _required = [.. json["required"]?.AsArray().Select(n => (string)n!) ?? []];
        foreach (var (keyword, value) in json)
        {
            Read(keyword, value!);
        }

        IsClosed = json["additionalProperties"] is JsonValue v && !(bool)v;
    }

    /// <summary>Whether properties that are not named are refused.</summary>
    private bool IsClosed { get; }

    /// <exception cref="NotSupportedException">A keyword that is not known here.</exception>
    public static JsonSchema Parse(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new JsonSchema(json);
    }

    /// <summary>What is wrong with a value, with the place in it; null when nothing is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isPartial">Whether claims may be missing, because their holder kept them back.</param>
    /// <param name="path">Where the value stands, as a JSON pointer.</param>
    public string? FirstViolation(JsonNode? value, bool isPartial = false, string path = "")
    {
        foreach (var rule in _rules)
        {
            if (rule(value) is { } violation)
            {
                return $"{(path.Length == 0 ? "The claims" : path)}: {violation}";
            }
        }

        return value is JsonObject o ? FirstInObject(o, isPartial, path) : null;
    }

    private string? FirstInObject(JsonObject value, bool isPartial, string path)
    {
        if (!isPartial && _required.FirstOrDefault(r => !value.ContainsKey(r)) is { } missing)
        {
            return $"{path}/{missing} is missing";
        }

        foreach (var (name, member) in value)
        {
            if (_properties.TryGetValue(name, out var schema))
            {
                if (schema.FirstViolation(member, isPartial, $"{path}/{name}") is { } violation)
                {
                    return violation;
                }
            }
            else if (IsClosed)
            {
                return $"{path}/{name} is not in the schema";
            }
        }

        return null;
    }

    private void Read(string keyword, JsonNode value)
    {
        switch (keyword)
        {
            case "$schema" or "$id" or "title" or "description" or "required" or "additionalProperties":
                break;
            case "properties":
                foreach (var (name, schema) in value.AsObject())
                {
                    _properties[name] = new JsonSchema(schema!.AsObject());
                }

                break;
            default:
                _rules.Add(Rule(keyword, value));
                break;
        }
    }

    private static Func<JsonNode?, string?> Rule(string keyword, JsonNode value) => keyword switch
    {
        "type" => Type((string)value!),
        "enum" => OneOf([.. value.AsArray().Select(n => (string)n!)]),
        "pattern" => Matches((string)value!),
        "minLength" => Length(min: (int)value, max: int.MaxValue),
        "maxLength" => Length(min: 0, max: (int)value),
        "minimum" => Range(min: (long)value, max: long.MaxValue),
        "maximum" => Range(min: long.MinValue, max: (long)value),
        "format" when (string)value! == "date" => Date,
        _ => throw new NotSupportedException($"The schema keyword {keyword} is not known here."),
    };

    private static Func<JsonNode?, string?> Type(string type) => type switch
    {
        "object" => v => v is JsonObject ? null : "is not an object",
        "string" => v => Text(v) is not null ? null : "is not a string",
        "boolean" => v => v?.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? null : "is not true or false",
        "integer" => v => v is JsonValue n && Whole(n) is not null ? null : "is not a whole number",
        _ => throw new NotSupportedException($"The schema type {type} is not known here."),
    };

    private static Func<JsonNode?, string?> OneOf(string[] values) =>
        v => Text(v) is { } t && values.Contains(t) ? null : "is not one of the values that are allowed";

    private static Func<JsonNode?, string?> Matches(string pattern)
    {
        var regex = new Regex(
            pattern.EndsWith('$') ? pattern[..^1] + "\\z" : pattern, RegexOptions.CultureInvariant, PatternTimeout);
        return v => Text(v) is not { } t || regex.IsMatch(t) ? null : "does not have the form that is asked for";
    }

    // JSON Schema counts code points.
    private static Func<JsonNode?, string?> Length(int min, int max) => v =>
        Text(v) is not { } t || t.EnumerateRunes().Count() is var n && n >= min && n <= max ? null : "is too short or too long";

    private static Func<JsonNode?, string?> Range(long min, long max) => v =>
        v is not JsonValue n || Whole(n) is not { } i || (i >= min && i <= max) ? null : "is too small or too large";

    private static string? Date(JsonNode? value) =>
        Text(value) is not { } t
        || DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : "is not a date";

    private static string? Text(JsonNode? value) =>
        value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : null;

    // 1.0 is a whole number too.
    private static long? Whole(JsonValue value) =>
        value.GetValueKind() != JsonValueKind.Number ? null
        : value.TryGetValue<long>(out var whole) ? whole
        : value.TryGetValue<double>(out var d) && Math.Abs(d) < 9.1e15 && d == Math.Truncate(d) ? (long)d
        : null;
}
