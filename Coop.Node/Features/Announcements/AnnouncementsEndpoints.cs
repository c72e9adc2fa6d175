namespace Coop.Node.Features.Announcements;

/// <summary>Announcements and who has read them.</summary>
public static class AnnouncementsEndpoints
{
    public static void MapAnnouncements(this IEndpointRouteBuilder api)
    {
        ListAnnouncements.Map(api);
        PublishAnnouncement.Map(api);
        MarkAnnouncementRead.Map(api);
    }
}
