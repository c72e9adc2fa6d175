using Coop.Node.Database;
using Coop.Node.Governance;
using Coop.Node.Http;

namespace Coop.Node.Features.Proposals;

/// <summary>GET /api/proposals: newest first.</summary>
public static class ListProposals
{
    private static readonly string[] StatusNames =
        [.. Enum.GetValues<ProposalStatus>().Select(ProposalStatusName.Of)];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/proposals", HandleAsync)
            .RequireReader(Roles.Member, Roles.Guest)
            .WithSummary("List proposals, newest first")
            .WithDescription(
                "Opened proposals, and the asking member's own drafts; administrators and secretaries see all drafts.");

    private static async Task<Page<ProposalView>> HandleAsync(
        string? status, [AsParameters] PageQuery page, CurrentMember me, Transactions transactions,
        CancellationToken ct)
    {
        ProposalStatus? wanted = status is null
            ? null
            : ProposalStatusName.Parse(Fields.OneOf(status, "status", StatusNames));
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (connection, token) => ProposalViewStore.ListAsync(
                connection, Participant.From(me), wanted, after, size + 1, token),
            ct);
        return Page.Of(rows, size, row => row.Id, row => row);
    }
}
