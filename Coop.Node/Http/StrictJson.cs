using System.Text.Json;
using System.Text.Json.Serialization;

namespace Coop.Node.Http;

/// <summary>
/// The JSON that the API speaks: camelCase, enums as kebab-case strings, and on reading nothing unknown,
/// nothing twice, nothing missing and no null where the type has none.
/// </summary>
public static class StrictJson
{
    public const int MaxDepth = 16;

    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.Converters.Add(new Rfc3339Converter());
        options.Converters.Add(new StrictEnumConverter());
        return options;
    }
}
