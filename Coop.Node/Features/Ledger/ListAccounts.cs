using System.ComponentModel;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/accounts: the chart of accounts, in the order of opening.</summary>
public static class ListAccounts
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the accounts, in the order of their opening")
            .WithDescription(
                "Names are open to every member; balances and floors of another member's accounts "
                + "only to administrators.");

    private static async Task<Page<AccountView>> HandleAsync(
        [Description("Only the asking member's own accounts.")] bool? mine,
        [AsParameters] PageQuery page, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        var rows = await transactions.ReadAsync(
            (connection, token) => mine is true
                ? AccountViewStore.ListOfOwnerAsync(connection, me.Id, after, size + 1, token)
                : AccountViewStore.ListAsync(connection, after, size + 1, token),
            ct);
        return Page.Of(rows, size, row => row.Id, row => row.For(me));
    }
}
