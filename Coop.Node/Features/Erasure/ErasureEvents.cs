using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Erasure;

/// <summary>The events of erasure; specs/erasure.md lists their payloads.</summary>
internal static class ErasureEvents
{
    /// <summary>The subject says in public which event it is; the reason is the co-op's own.</summary>
    public static EventDraft Erased(Guid eventId, byte[] hash, Erasing.Ground ground, string actor) => new(
        EventTypes.PayloadErased, actor, Subject(eventId), Visibility.Members,
        new JsonObject
        {
            ["eventId"] = eventId.ToString("D"),
            ["hash"] = Convert.ToBase64String(hash),
            ["reason"] = ground.Reason,
            ["legalRequest"] = ground.IsLegalRequest,
        });

    /// <summary>This node has deleted its copy of a payload of a peer's event.</summary>
    public static EventDraft Confirmed(Guid eventId, byte[] hash, string peer, Guid? erasure) => new(
        EventTypes.PayloadErasureConfirmed, "node", Subject(eventId), Visibility.Public,
        new JsonObject
        {
            ["eventId"] = eventId.ToString("D"),
            ["hash"] = Convert.ToBase64String(hash),
            ["peer"] = peer,
            ["erasure"] = erasure?.ToString("D"),
        });

    private static string Subject(Guid eventId) => $"event:{eventId:D}";
}
