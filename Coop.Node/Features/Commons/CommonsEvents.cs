using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Features.Commons;

/// <summary>The events of the commons; specs/commons.md lists their payloads.</summary>
internal static class CommonsEvents
{
    /// <summary>The document itself is the payload, so that the log commits to it.</summary>
    public static EventDraft Published(Guid id, Document document, string actor) => new(
        EventTypes.DatasetPublished, actor, Subject(id), Visibility.Members, document.ToJson());

    public static EventDraft Shared(CommonsItem item, string actor) => Item(EventTypes.DatasetShared, item, actor);

    public static EventDraft Withdrawn(CommonsItem item, string actor) => Item(EventTypes.DatasetWithdrawn, item, actor);

    /// <summary>This node has deleted its copy of what a former peer shared; public, as its erasures are.</summary>
    public static EventDraft CopyDeleted(Guid eventId, byte[] hash, string peer) => new(
        EventTypes.PayloadCopyDeleted, "node", $"event:{eventId:D}", Visibility.Public,
        new JsonObject
        {
            ["eventId"] = eventId.ToString("D"),
            ["hash"] = Convert.ToBase64String(hash),
            ["peer"] = peer,
            ["reason"] = "retention-over",
        });

    private static EventDraft Item(string type, CommonsItem item, string actor) => new(
        type, actor, Subject(item.Id), Visibility.Members,
        new JsonObject
        {
            ["id"] = item.Id.ToString("D"),
            ["event"] = item.EventId.ToString("D"),
            ["hash"] = Convert.ToBase64String(item.Hash),
            ["audience"] = item.Audience is { } dids ? new JsonArray([.. dids.Select(d => JsonValue.Create(d))]) : null,
        });

    private static string Subject(Guid id) => $"dataset:{id:D}";
}
