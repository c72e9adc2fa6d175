using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Coop.Node.Http;

namespace Coop.Node.Tests.Http;

/// <summary>
/// A body that fits a request type by form though hardly by content, and ways to spoil it. The types'
/// own JSON metadata says what there is to spoil.
/// </summary>
internal sealed record JsonBody(IReadOnlyList<JsonBody.Field> Fields)
{
    public string Text => Join(Fields.Select(f => f.Json));

    public static JsonBody Of(Type type)
    {
        var options = new JsonSerializerOptions(StrictJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        return new([.. options.GetTypeInfo(type).Properties.Select(p => new Field(
            p.Name, p.PropertyType, p.IsSetNullable || Nullable.GetUnderlyingType(p.PropertyType) is not null))]);
    }

    public IEnumerable<string> WithEachTwice() =>
        Fields.Select(f => Join([.. Fields.Select(g => g.Json), f.Json]));

    public IEnumerable<string> WithEachOfWrongType() =>
        Fields.Where(f => !f.IsAnything).Select(f => With(f, f.WrongSample));

    public IEnumerable<string> WithEachNull() =>
        Fields.Where(f => !f.IsAnything && !f.TakesNull).Select(f => With(f, "null"));

    public IEnumerable<string> WithEach(string value) => Fields.Select(f => With(f, value));

    public IEnumerable<string> WithEachText(string escaped) =>
        Fields.Where(f => f.Type == typeof(string)).Select(f => With(f, $"\"{escaped}\""));

    private static string Join(IEnumerable<string> fields) => "{" + string.Join(',', fields) + "}";

    private string With(Field spoiled, string value) =>
        Join(Fields.Select(f => f == spoiled ? f.JsonOf(value) : f.Json));

    internal sealed record Field(string Name, Type Type, bool TakesNull)
    {
        public string Json => JsonOf(Sample);

        public bool IsAnything => Type == typeof(JsonElement);

        public string WrongSample => Type == typeof(string) ? "7" : Sample[0] == '[' ? "{}" : "[]";

        private string Sample => (Nullable.GetUnderlyingType(Type) ?? Type) switch
        {
            var t when t == typeof(string) => "\"x\"",
            var t when t == typeof(bool) => "true",
            var t when t == typeof(Guid) => "\"01890a5d-ac96-774b-bcce-b302099a8057\"",
            var t when t == typeof(DateTimeOffset) => "\"2030-01-01T00:00:00Z\"",
            var t when t == typeof(DateOnly) => "\"2030-01-01\"",
            var t when t.IsEnum => JsonSerializer.Serialize(Enum.GetValues(t).GetValue(0), t, StrictJson.Options),
            var t when t.IsPrimitive => "1",
            var t when t == typeof(System.Text.Json.Nodes.JsonObject) => "{}",
            var t when t.IsAssignableTo(typeof(System.Collections.IEnumerable)) => "[]",
            _ => "{}",
        };

        public string JsonOf(string value) => $"\"{Name}\":{value}";
    }
}
