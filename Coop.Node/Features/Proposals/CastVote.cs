using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>PUT /api/proposals/{id}/vote: a member votes, or changes their vote.</summary>
public static class CastVote
{
    /// <param name="Choice">What the member says.</param>
    public sealed record Request(Choice Choice);

    /// <param name="Choice">The vote as it stands.</param>
    /// <param name="CastAt">When it was cast; saying the same again does not move it.</param>
    /// <param name="EventId">
    /// The event <c>vote.cast</c>; saying the same again is no event and answers the first one's.
    /// </param>
    public sealed record Response(Choice Choice, DateTimeOffset CastAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/proposals/{id:guid}/vote", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Vote, or change your vote");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Voting voting)
    {
        var vote = new Vote(id, Participant.From(me), me.Actor, request.Choice);
        var ballot = await voting.CastAsync(vote);
        return new Response(ballot.Choice, ballot.CastAt, ballot.EventId);
    }
}
