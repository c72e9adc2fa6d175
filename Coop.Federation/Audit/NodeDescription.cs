using System.Text.Json;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>What a node says about itself in <c>/.well-known/coop-node</c>, as far as an auditor needs it.</summary>
/// <param name="Name">The co-op's name.</param>
/// <param name="Origin">Its log's origin.</param>
/// <param name="LogAddress">Where the log is; of the same server.</param>
/// <param name="Key">The key that the node says its log has.</param>
public sealed record NodeDescription(string Name, string Origin, Uri LogAddress, NoteKey Key)
{
    public const string Path = ".well-known/coop-node";

    private const int MaxSizeBytes = 64 * 1024;

    /// <summary>Asks a node.</summary>
    /// <param name="http">The client.</param>
    /// <param name="node">The node's address.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="AuditImpossibleException">There is no answer, or not a node's.</exception>
    public static async Task<NodeDescription> FetchAsync(HttpClient http, Uri node, TimeProvider time, CancellationToken ct)
    {
        var bytes = await new HttpLogSource(http, node, time).FetchAsync(Path, MaxSizeBytes, ct)
            ?? throw new AuditImpossibleException($"{node} is not a co-op's node: it has no /{Path}.");
        try
        {
            return Parse(bytes, node);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new AuditImpossibleException($"{node} is not a co-op's node: its /{Path} cannot be read.", e);
        }
    }

    private static NodeDescription Parse(byte[] json, Uri node)
    {
        using var document = JsonDocument.Parse(json);
        var log = document.RootElement.GetProperty("log");
        var address = new Uri(node, Text(log, "prefix"));

        // A node speaks for itself alone; it must not send the auditor to some other server.
        return address.Authority == node.Authority && address.Scheme == node.Scheme
            ? new NodeDescription(Text(document.RootElement, "name"), Text(log, "origin"), address, NoteKey.Parse(Text(log, "vkey")))
            : throw new FormatException("The log is on another server.");
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
