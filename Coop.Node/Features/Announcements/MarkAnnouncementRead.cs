using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Announcements;

/// <summary>PUT /api/announcements/{id}/read: a member has read it; saying so again changes nothing.</summary>
public static class MarkAnnouncementRead
{
    /// <param name="ReadAt">When the member said so first.</param>
    /// <param name="EventId">The event <c>announcement.read</c>; null when it was read before.</param>
    public sealed record Response(DateTimeOffset ReadAt, Guid? EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/announcements/{id:guid}/read", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Mark an announcement as read");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, token) =>
            {
                var readAt = await AnnouncementStore.MarkReadAsync(
                    scope.Transaction, me.Id, id, scope.Now, token);
                if (readAt is { } now)
                {
                    return new Response(now, scope.Append(AnnouncementEvents.Read(id, me.Actor)));
                }

                var first = await AnnouncementStore.FirstReadAsync(
                    scope.Transaction, me.Id, id, token);
                return new Response(
                    first ?? throw ProblemTypes.NotFound.With("No such announcement."), null);
            },
            ct);
}
