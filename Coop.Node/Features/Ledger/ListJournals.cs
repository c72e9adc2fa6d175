using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/journals: newest first. A co-op's books are open to its members.</summary>
public static class ListJournals
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/journals", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the journals, newest first");

    private static async Task<Page<JournalView>> HandleAsync(
        [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, before) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (connection, token) => JournalViewStore.ListAsync(connection, before, size + 1, token), ct);
        return Page.Of(rows, size, row => row.Id, row => row);
    }
}
