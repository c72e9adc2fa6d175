using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Node.Log;

namespace Coop.Node.Governance;

/// <summary>The events of announcements; specs/governance.md lists their payloads.</summary>
public static class AnnouncementEvents
{
    public static EventDraft Published(Announcement announcement, string actor)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        return new(
            EventTypes.AnnouncementPublished, actor, Subject(announcement.Id), Visibility.Members,
            new JsonObject
            {
                ["announcementId"] = announcement.Id.ToString(),
                ["title"] = announcement.Title,
                ["body"] = announcement.Body,
            });
    }

    public static EventDraft Read(Guid id, string actor) => new(
        EventTypes.AnnouncementRead, actor, Subject(id), Visibility.Private,
        new JsonObject { ["announcementId"] = id.ToString() });

    private static string Subject(Guid id) => $"announcement:{id}";
}
