using System.Text.Json.Nodes;

namespace Coop.Node.Identity;

/// <summary>One version of the node's DID, with the history up to it. Immutable.</summary>
/// <param name="Version">The number of the last entry, from 1; also the generation of the keys.</param>
/// <param name="Did">The did:webvh.</param>
/// <param name="Log">The whole <c>did.jsonl</c>.</param>
/// <param name="Document">The document of the last version.</param>
/// <param name="UpdatedAt">The last version's time.</param>
internal sealed record NodeDid(
    long Version, string Did, string Log, JsonObject Document, DateTimeOffset UpdatedAt);
