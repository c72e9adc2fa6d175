using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/units: in the order of their codes.</summary>
public static class ListUnits
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/units", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the units, in the order of their codes");

    private static async Task<Page<UnitView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.After());
        var rows = await transactions.ReadAsync(
            (connection, token) => UnitViewStore.ListAsync(connection, after, size + 1, token), ct);
        return Page.Of(rows, size, row => row.Code, row => row);
    }
}
