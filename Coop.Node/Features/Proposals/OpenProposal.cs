using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>POST /api/proposals/{id}/open: the author, an administrator or a secretary puts a draft to the vote.</summary>
public static class OpenProposal
{
    /// <param name="ClosesAt">
    /// The first moment at which a vote comes too late: RFC 3339 with offset, in the future, at most
    /// 366 days ahead. Kept in whole microseconds.
    /// </param>
    public sealed record Request(DateTimeOffset ClosesAt);

    /// <param name="Id">The proposal's id.</param>
    /// <param name="OpenedAt">When voting began.</param>
    /// <param name="ClosesAt">When voting ends.</param>
    /// <param name="EventId">The event <c>proposal.opened</c>.</param>
    public sealed record Response(
        Guid Id, DateTimeOffset OpenedAt, DateTimeOffset ClosesAt, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proposals/{id:guid}/open", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Open a draft for votes");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, ClosingSignal closing,
        CancellationToken ct)
    {
        var closesAt = Moment.Of(request.ClosesAt);
        var response = await transactions.WriteAsync(
            async (scope, token) =>
            {
                ProposalFields.RequireClosingTime(closesAt, scope.Now);
                var proposal = await ProposalStore.FindAsync(scope.Transaction, id, token);
                ProposalProblems.ThrowIfRefused(
                    ProposalRules.Open(proposal, Participant.From(me)));
                var openedAt = Moment.Of(scope.Now);
                var text = await ProposalStore.OpenAsync(
                    scope.Transaction, id, openedAt, closesAt, token);
                var opened = ProposalEvents.Opened(id, me.Actor, text, closesAt);
                return new Response(id, openedAt, closesAt, scope.Append(opened));
            },
            ct);
        closing.Wake();
        return response;
    }
}
