using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>GET /api/shares/members/{id}: what a member holds, and their notices.</summary>
public static class GetShareStatement
{
    /// <param name="Holdings">In the order of the classes' codes.</param>
    /// <param name="Notices">Oldest first.</param>
    /// <param name="Requests">What they asked for, the newest 50 first.</param>
    public sealed record Response(
        IReadOnlyList<ShareHoldingView> Holdings,
        IReadOnlyList<ShareNoticeView> Notices,
        IReadOnlyList<ShareRequestView> Requests);

    private const int MaxRequests = 50;

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapGet("/members/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Show a member's shares, paid-in capital and notices");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        if (id != me.Id && !me.ReadsBooks)
        {
            throw ProblemTypes.NotFound.With("No shares of yours are here.");
        }

        return await transactions.SnapshotAsync(
            async (connection, token) => new Response(
                await ShareHoldingTable.ListOfMemberAsync(connection, id, token),
                [.. (await ShareNoticeTable.ListOfMemberAsync(connection, id, token)).Select(ShareNoticeView.Of)],
                [.. (await ShareRequestTable.ListOfMemberAsync(connection, id, MaxRequests, token)).Select(ShareRequestView.Of)]),
            ct);
    }
}
