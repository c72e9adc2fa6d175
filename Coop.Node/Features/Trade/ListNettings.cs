using Coop.Node.Database;
using Coop.Node.Http;
using Coop.Node.Identity;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/nettings: the nettings of which this co-op is part.</summary>
public static class ListNettings
{
    private const int MaxRows = 200;

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/nettings", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List the nettings with other co-ops, newest first, at most two hundred");

    private static async Task<IReadOnlyList<NettingView>> HandleAsync(
        Transactions transactions, NodeIdentity identity, CancellationToken ct) =>
        (await transactions.ReadAsync((c, t) => NettingTable.ListAsync(c, identity.Did, MaxRows, t), ct))
            .ConvertAll(r => NettingView.Of(r, identity.Did));
}
