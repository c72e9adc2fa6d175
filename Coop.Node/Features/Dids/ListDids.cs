using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Dids;

/// <summary>The DIDs that stand for the signed-in member.</summary>
public static class ListDids
{
    /// <param name="Items">Oldest first; at most <see cref="LinkDid.MaxLinked"/>.</param>
    public sealed record Response(IReadOnlyList<DidView> Items);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/dids", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("List the DIDs that are linked to the signed-in member");

    private static async Task<Response> HandleAsync(
        CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var dids = await transactions.ReadAsync((c, token) => MemberDidStore.ListLinkedAsync(c, me.Id, token), ct);
        return new([.. dids.Select(DidView.Of)]);
    }
}
