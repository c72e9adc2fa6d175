using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/pending and /api/ledger/pending/{id}: as open to members as the journals.</summary>
public static class GetPending
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapGet("/pending", ListAsync).RequireReader(Roles.Member).WithSummary("List the pending journals, newest first");
        ledger.MapGet("/pending/{id:guid}", ReadAsync).RequireReader(Roles.Member).WithSummary("Read a pending journal");
    }

    private static async Task<Page<PendingView>> ListAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, before) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (connection, token) => PendingViewStore.ListAsync(connection, before, size + 1, token), ct);
        return Page.Of(rows, size, row => row.Id, row => row);
    }

    private static async Task<PendingView> ReadAsync(Guid id, Transactions transactions, CancellationToken ct) =>
        await transactions.ReadAsync((connection, token) => PendingViewStore.FindAsync(connection, id, token), ct)
        ?? throw ProblemTypes.NotFound.With("There is no such pending journal.");
}
