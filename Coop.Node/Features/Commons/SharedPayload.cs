using System.Text.Json.Nodes;

namespace Coop.Node.Features.Commons;

/// <summary>A payload as a peer gives it out, with what proves it.</summary>
/// <param name="Entry">The exact entry of the log.</param>
/// <param name="Salt">In base64.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Receipt">A tlog-proof of the entry.</param>
internal sealed record SharedPayload(string Entry, string Salt, JsonObject Payload, string Receipt);
