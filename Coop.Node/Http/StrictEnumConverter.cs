using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coop.Node.Http;

/// <summary>
/// Enums by their kebab-case names, exactly. The framework's own converter also reads other letter
/// cases, and lists: "yes, no" would be a vote.
/// </summary>
public sealed class StrictEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        return typeToConvert.IsEnum;
    }

    public override JsonConverter CreateConverter(
        Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    /// <summary>The names of an enum type, in the order of its values.</summary>
    public static IEnumerable<string> NamesOf(Type type) =>
        Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private readonly Dictionary<string, T> _values = NamesOf(typeof(T))
            .Zip(Enum.GetValues<T>())
            .ToDictionary(StringComparer.Ordinal);

        private readonly Dictionary<T, JsonEncodedText> _names = NamesOf(typeof(T))
            .Zip(Enum.GetValues<T>())
            .ToDictionary(pair => pair.Second, pair => JsonEncodedText.Encode(pair.First));

        public override T Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
            && _values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"One of {string.Join(", ", _values.Keys)} is read here.");

        public override void Write(
            Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(_names[value]);
    }
}
