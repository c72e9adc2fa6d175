using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Announcements;

/// <summary>POST /api/announcements: an administrator or a secretary tells all members something.</summary>
public static class PublishAnnouncement
{
    public const int MaxTitleLength = 200;
    public const int MaxBodyLength = 20_000;

    /// <param name="Title">1 to 200 characters, one line.</param>
    /// <param name="Body">0 to 20,000 characters.</param>
    public sealed record Request(string Title, string Body);

    /// <param name="Id">The announcement's id.</param>
    /// <param name="PublishedAt">When it was published.</param>
    /// <param name="EventId">The event <c>announcement.published</c>.</param>
    public sealed record Response(Guid Id, DateTimeOffset PublishedAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/announcements", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Secretary)
            .WithSummary("Publish an announcement")
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var title = Fields.Text(request.Title, "title", 1, MaxTitleLength);
        var body = Fields.Multiline(request.Body, "body", 0, MaxBodyLength);
        var response = await transactions.WriteAsync(
            async (scope, token) =>
            {
                var announcement = new Announcement(
                    scope.NewId(), title, body, me.Id, Moment.Of(scope.Now));
                await AnnouncementStore.InsertAsync(scope.Transaction, announcement, token);
                var published = AnnouncementEvents.Published(announcement, me.Actor);
                return new Response(
                    announcement.Id, announcement.PublishedAt, scope.Append(published));
            },
            ct);
        return Results.Created($"/api/announcements/{response.Id}", response);
    }
}
