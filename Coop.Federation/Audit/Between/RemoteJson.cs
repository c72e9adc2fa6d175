using System.Text.Json.Nodes;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;

namespace Coop.Federation.Audit.Between;

/// <summary>JSON that a node serves; bounded, and read member by member.</summary>
internal static class RemoteJson
{
    private const int MaxItems = 10_000;

    /// <summary>The answer; null where the node has none.</summary>
    /// <exception cref="AnswerException">It is not JSON, or too large.</exception>
    /// <exception cref="AuditImpossibleException">There was no answer.</exception>
    public static async Task<JsonNode?> FetchAsync(ILogSource source, string path, int maxSizeBytes, CancellationToken ct)
    {
        var bytes = await source.FetchAsync(path, maxSizeBytes, ct);
        try
        {
            return bytes is null ? null
                : bytes.Length > maxSizeBytes ? throw new AnswerException($"{path} is larger than {maxSizeBytes} bytes.")
                : CanonicalJson.Parse(bytes) ?? throw new AnswerException($"{path} is null.");
        }
        catch (CanonicalJsonException e)
        {
            throw new AnswerException($"{path}: {e.Message}");
        }
    }

    public static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    public static JsonObject Object(JsonNode? node) =>
        node as JsonObject ?? throw new AnswerException("An object is missing.");

    public static JsonArray List(JsonNode? node, string name) => Member(node, name) is JsonArray { Count: <= MaxItems } list
        ? list
        : throw new AnswerException($"The list \"{name}\" is missing, or too long.");

    public static string Text(JsonNode? node, string name) =>
        OptionalText(node, name) ?? throw new AnswerException($"The text \"{name}\" is missing.");

    public static string? OptionalText(JsonNode? node, string name) =>
        Member(node, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw new AnswerException("A list holds something else than text.");

    public static NoteKey Key(string vkey)
    {
        try
        {
            return NoteKey.Parse(vkey);
        }
        catch (NoteException e)
        {
            throw new AnswerException(e.Message);
        }
    }
}

/// <summary>An answer of a node is not of the form that it has.</summary>
internal sealed class AnswerException(string message) : Exception(message);
