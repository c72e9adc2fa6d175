using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/accounts/{id}: with the balance of now.</summary>
public static class GetAccount
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read an account and its balance");

    private static async Task<AccountView> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) =>
        (await FindAsync(transactions, id, ct)).For(me);

    internal static async Task<AccountView> FindAsync(
        Transactions transactions, Guid id, CancellationToken ct) =>
        await transactions.ReadAsync(
            (connection, token) => AccountViewStore.FindAsync(connection, id, token), ct)
        ?? throw ProblemTypes.NotFound.With("There is no such account.");
}
