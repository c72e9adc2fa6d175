using Coop.Node.Governance;

namespace Coop.Node.Features.Proposals;

/// <summary>Proposals and votes.</summary>
public static class ProposalsEndpoints
{
    public static void AddProposals(this IServiceCollection services)
    {
        services.AddSingleton<ClosingSignal>();
        services.AddSingleton<ProposalCloser>();
        services.AddSingleton<Voting>();
        services.AddHostedService<ProposalClosing>();
    }

    public static void MapProposals(this IEndpointRouteBuilder api)
    {
        ListProposals.Map(api);
        GetProposal.Map(api);
        DraftProposal.Map(api);
        EditProposal.Map(api);
        OpenProposal.Map(api);
        WithdrawProposal.Map(api);
        CastVote.Map(api);
    }
}
