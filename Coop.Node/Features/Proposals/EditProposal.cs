using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>PUT /api/proposals/{id}: the author rewrites a draft.</summary>
public static class EditProposal
{
    /// <param name="Title">1 to 200 characters, one line.</param>
    /// <param name="Body">0 to 20,000 characters.</param>
    public sealed record Request(string Title, string Body);

    /// <param name="Id">The draft's id.</param>
    /// <param name="EventId">The event <c>proposal.edited</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/proposals/{id:guid}", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Rewrite a draft");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var text = ProposalFields.Text(request.Title, request.Body);
        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                var proposal = await ProposalStore.FindAsync(scope.Transaction, id, token);
                ProposalProblems.ThrowIfRefused(
                    ProposalRules.Edit(proposal, Participant.From(me)));
                await ProposalStore.EditAsync(scope.Transaction, id, text, token);
                return new Response(id, scope.Append(ProposalEvents.Edited(id, me.Actor, text)));
            },
            ct);
    }
}
