using Coop.Node.Database;
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
        Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var ballot = await transactions.WriteAsync(
            async (scope, token) =>
            {
                var wanted = new Ballot(request.Choice, scope.Now, scope.FirstEventId);
                var cast = await VoteStore.CastAsync(scope.Transaction, id, me.Id, wanted, token);
                if (cast is null)
                {
                    return await StandingOrRefusedAsync(scope, id, me, token);
                }

                scope.Append(ProposalEvents.VoteCast(id, me.Actor, cast.Choice));
                return cast;
            },
            ct);
        return new Response(ballot.Choice, ballot.CastAt, ballot.EventId);
    }

    /// <summary>Nothing was written: either this very vote stands already, or the rules refuse it.</summary>
    private static async Task<Ballot> StandingOrRefusedAsync(
        WriteScope scope, Guid id, CurrentMember me, CancellationToken ct)
    {
        var proposal = await ProposalStore.FindAsync(scope.Transaction, id, ct);
        var (isMember, ballot) = await VoteStore.FindAsync(scope.Transaction, id, me.Id, ct);
        ProposalProblems.ThrowIfRefused(
            ProposalRules.Vote(proposal, Participant.From(me), isMember, scope.Now));
        return ballot ?? throw new InvalidOperationException(
            $"The vote on proposal {id} was neither written nor refused.");
    }
}
