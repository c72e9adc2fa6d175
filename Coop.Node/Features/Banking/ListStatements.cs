using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Banking;

/// <summary>GET /api/ledger/accounts/{id}/bank-statements: what was imported, in its order.</summary>
public static class ListStatements
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/bank-statements", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List an account's bank statements");

    private static async Task<Page<StatementView>> HandleAsync(
        Guid id, [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (connection, token) => BankStore.StatementsAsync(connection, id, after, size + 1, token), ct);
        return Page.Of(rows, size, row => row.View.Id, row => row.View);
    }
}
