using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Commons;

/// <summary>POST /api/commons/events: shares the content of an event with peers.</summary>
public static class ShareEvent
{
    /// <param name="EventId">The event; not a private one.</param>
    /// <param name="Title">What it is to be called; its type when left out.</param>
    /// <param name="Audience">The DIDs of the peers that may read it; left out for all that may read what is shared.</param>
    public sealed record Request(Guid EventId, string? Title = null, IReadOnlyList<string>? Audience = null);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/commons/events", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Share the content of an event with peers");

    private static async Task<Created<CommonsItemView>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var title = Fields.OptionalText(request.Title, "title", Document.MaxTitleLength);
        var audience = CommonsSharing.ParseAudience(request.Audience);
        var item = await transactions.WriteAsync(
            (scope, c) => CommonsSharing.ShareAsync(scope, request.EventId, title, audience, me.Actor, c), ct);
        return TypedResults.Created($"/api/commons/{item.Id:D}", CommonsItemView.Of(item));
    }
}
