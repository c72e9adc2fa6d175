using System.Text.Json.Nodes;

namespace Coop.Federation.Log;

/// <summary>
/// An event as the transaction that causes it describes it, before it has a position in the log.
/// </summary>
/// <param name="Type">The event type, from the node's registry, e.g. <c>proposal.opened</c>.</param>
/// <param name="Actor">The pseudonym of the member who acts, or <c>node</c>.</param>
/// <param name="Subject">What it is about, e.g. <c>proposal:0198…</c>; no personal data.</param>
/// <param name="Visibility">Who may fetch the payload.</param>
/// <param name="Payload">The payload; stored beside the log under a salted hash.</param>
public sealed record EventDraft(
    string Type, string Actor, string Subject, Visibility Visibility, JsonObject Payload);
