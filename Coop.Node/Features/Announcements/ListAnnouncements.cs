using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Announcements;

/// <summary>GET /api/announcements: newest first, with what the member has read.</summary>
public static class ListAnnouncements
{
    /// <param name="Items">Newest first.</param>
    /// <param name="NextCursor">Asks for the next part; null at the end.</param>
    /// <param name="UnreadCount">How many of all announcements the member has not read.</param>
    public sealed record Response(
        IReadOnlyList<AnnouncementView> Items, string? NextCursor, long UnreadCount);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/announcements", HandleAsync)
            .RequireReader(Roles.Member, Roles.Guest)
            .WithSummary("List announcements, newest first");

    private static Task<Response> HandleAsync(
        [AsParameters] PageQuery page, CurrentMember me, Transactions transactions,
        CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        return transactions.ReadAsync(
            async (connection, token) =>
            {
                var rows = await AnnouncementViewStore.ListAsync(
                    connection, me.Id, after, size + 1, token);
                var (items, next) = Page.Of(rows, size, row => row.Id, row => row);
                var unread = await AnnouncementViewStore.CountUnreadAsync(
                    connection, me.Id, token);
                return new Response(items, next, unread);
            },
            ct);
    }
}
