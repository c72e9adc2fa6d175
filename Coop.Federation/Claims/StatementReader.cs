using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Federation.Claims;

/// <summary>Reads the members of one statement strictly: exactly those that are expected, each of its kind.</summary>
internal readonly struct StatementReader
{
    private readonly JsonObject _json;

    /// <param name="json">The statement, or an object within one.</param>
    /// <param name="members">Every member that it must have; nothing else is allowed.</param>
    /// <exception cref="StatementException">A member is missing or unknown.</exception>
    public StatementReader(JsonObject json, params ReadOnlySpan<string> members)
    {
        _json = json;
        foreach (var member in members)
        {
            if (!json.ContainsKey(member))
            {
                throw Statement.Malformed($"\"{member}\" is missing.");
            }
        }

        if (json.Count != members.Length)
        {
            throw Statement.Malformed("It has a member that is not known here.");
        }
    }

    public string Text(string name, int maxLength) =>
        OptionalText(name, maxLength) ?? throw Statement.Malformed($"\"{name}\" is null.");

    /// <summary>A text; null where the member is null.</summary>
    public string? OptionalText(string name, int maxLength) => _json[name] switch
    {
        null => null,
        JsonValue v when v.GetValueKind() == JsonValueKind.String && v.GetValue<string>() is { Length: > 0 } text
            && text.Length <= maxLength && !text.Any(char.IsControl) => text,
        _ => throw Statement.Malformed($"\"{name}\" is no text of 1 to {maxLength} characters."),
    };

    public Guid Id(string name) => OptionalId(name) ?? throw Statement.Malformed($"\"{name}\" is null.");

    /// <summary>A UUID in lower case with hyphens; null where the member is null.</summary>
    public Guid? OptionalId(string name)
    {
        const int uuidLength = 36;
        return OptionalText(name, uuidLength) is not { } text ? null
            : Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text ? id
            : throw Statement.Malformed($"\"{name}\" is no UUID.");
    }

    public DateTimeOffset Time(string name)
    {
        const int timeLength = 20;
        return Statement.TryReadTime(Text(name, timeLength), out var time)
            ? time
            : throw Statement.Malformed($"\"{name}\" is no time in whole seconds, UTC.");
    }

    /// <summary>32 bytes in base64.</summary>
    public byte[] Hash(string name)
    {
        const int base64Length = 44;
        const int hashSizeBytes = 32;
        var text = Text(name, base64Length);
        var hash = new byte[hashSizeBytes + 1];
        return Convert.TryFromBase64String(text, hash, out var written) && written == hashSizeBytes
            && Convert.ToBase64String(hash, 0, hashSizeBytes) == text
                ? hash[..hashSizeBytes]
                : throw Statement.Malformed($"\"{name}\" is no SHA-256 in base64.");
    }

    public bool Bool(string name) => _json[name] is JsonValue v && v.TryGetValue(out bool value)
        ? value
        : throw Statement.Malformed($"\"{name}\" is neither true nor false.");

    public JsonObject Object(string name) =>
        _json[name] as JsonObject ?? throw Statement.Malformed($"\"{name}\" is no object.");

    public void Constant(string name, string value)
    {
        if (Text(name, value.Length) != value)
        {
            throw Statement.Malformed($"\"{name}\" is not {value}.");
        }
    }

    public void IsVersion(string name)
    {
        if (_json[name] is not JsonValue v || !v.TryGetValue(out int version) || version != Statement.Version)
        {
            throw Statement.Malformed($"\"{name}\" is not {Statement.Version}.");
        }
    }
}
