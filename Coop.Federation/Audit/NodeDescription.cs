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

    /// <summary>Its DID; null where it does not say.</summary>
    public string? Did { get; init; }

    /// <summary>Where peers talk to it; null where it does not federate.</summary>
    public Uri? FederationAddress { get; init; }

    /// <summary>The key that it cosigns others' checkpoints with; null where it is no witness.</summary>
    public NoteKey? WitnessKey { get; init; }

    private const int MaxSizeBytes = 64 * 1024;

    /// <summary>Asks a node.</summary>
    /// <param name="http">The client.</param>
    /// <param name="node">The node's address.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="AuditImpossibleException">There is no answer, or not a node's.</exception>
    public static Task<NodeDescription> FetchAsync(HttpClient http, Uri node, TimeProvider time, CancellationToken ct) =>
        FetchAsync(new HttpLogSource(http, node, time), node, ct);

    /// <summary>Asks a node.</summary>
    /// <param name="files">The node's files, below its address.</param>
    /// <param name="node">That address.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="AuditImpossibleException">There is no answer, or not a node's.</exception>
    internal static async Task<NodeDescription> FetchAsync(ILogSource files, Uri node, CancellationToken ct)
    {
        var bytes = await files.FetchAsync(Path, MaxSizeBytes, ct)
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
        var root = document.RootElement;
        var log = root.GetProperty("log");
        var federation = Member(root, "federation");
        return new(Text(root, "name"), Text(log, "origin"), On(node, Text(log, "prefix")), NoteKey.Parse(Text(log, "vkey")))
        {
            Did = Member(root, "did")?.GetString(),
            FederationAddress = Member(federation, "prefix")?.GetString() is { } prefix ? On(node, prefix) : null,
            WitnessKey = Member(Member(federation, "witness"), "vkey")?.GetString() is { } vkey ? NoteKey.Parse(vkey) : null,
        };
    }

    // A node speaks for itself alone; it must not send the auditor to some other server.
    private static Uri On(Uri node, string prefix)
    {
        var address = new Uri(node, prefix);
        return address.Authority == node.Authority && address.Scheme == node.Scheme
            ? address
            : throw new FormatException("The log is on another server.");
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
}
