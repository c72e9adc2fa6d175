using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>GET /api/proposals/{id}.</summary>
public static class GetProposal
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/proposals/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member, Roles.Guest)
            .WithSummary("Read a proposal");

    private static async Task<ProposalView> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var who = Participant.From(me);
        var view = await transactions.ReadAsync(
            (connection, token) => ProposalViewStore.FindAsync(connection, who, id, token), ct);
        var seen = view is null
            ? null
            : new Proposal(view.Id, view.Status, view.CreatedBy.Id, view.ClosesAt);
        ProposalProblems.ThrowIfRefused(ProposalRules.Read(seen, who));
        return view!;
    }
}
