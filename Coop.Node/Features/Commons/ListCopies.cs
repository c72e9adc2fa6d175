using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Commons;

/// <summary>GET /api/commons/copies: what this co-op has fetched from peers.</summary>
public static class ListCopies
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commons/copies", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the verified copies of what peers share, newest first");

    private static async Task<Page<CopyView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync((c, t) => CommonsCopyStore.ListAsync(c, after, size + 1, t), ct);
        return Page.Of(rows, size, c => c.Id, CopyView.Of);
    }
}
