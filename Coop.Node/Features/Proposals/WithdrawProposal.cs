using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>POST /api/proposals/{id}/withdraw: the author, an administrator or a secretary gives up a draft.</summary>
public static class WithdrawProposal
{
    /// <param name="Id">The proposal's id.</param>
    /// <param name="EventId">The event <c>proposal.withdrawn</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proposals/{id:guid}/withdraw", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Withdraw a draft");

    private static Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        transactions.WriteAsync(
            async (scope, token) =>
            {
                var proposal = await ProposalStore.FindAsync(scope.Transaction, id, token);
                ProposalProblems.ThrowIfRefused(
                    ProposalRules.Withdraw(proposal, Participant.From(me)));
                await ProposalStore.WithdrawAsync(scope.Transaction, id, token);
                return new Response(id, scope.Append(ProposalEvents.Withdrawn(id, me.Actor)));
            },
            ct);
}
