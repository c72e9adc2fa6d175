using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/accounts/{id}/close: an account at zero takes no more postings; its history stays.</summary>
public static class CloseAccount
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/accounts/{id:guid}/close", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Close an account");

    private static async Task<ChangeAccount.Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) => await transactions.WriteAsync(
        async (scope, token) =>
        {
            var state = await ChangeAccount.RequireOpenAsync(scope, id, token);
            if (state.Balance != Amount.Zero || state.IsReserved)
            {
                throw ProblemTypes.AccountInUse.With("The account is not at zero, or a pending journal is on it.");
            }

            if (await HasOpenChildrenAsync(scope, new(id), token))
            {
                throw ProblemTypes.AccountInUse.With("Accounts that are open stand below it.");
            }

            if (await ShareAccounts.ContainAsync(scope.Connection, state.Account.Id, token))
            {
                throw ProblemTypes.AccountInUse.With("Share capital is kept on it.");
            }

            scope.Defer(AccountStore.Update(state.Account with { IsClosed = true }));
            return new ChangeAccount.Response(id, scope.Append(LedgerEvents.AccountClosed(me.Actor, state.Account.Id)));
        },
        ct);

    private static async Task<bool> HasOpenChildrenAsync(WriteScope scope, AccountId id, CancellationToken ct)
    {
        var below = await AccountPlaceStore.BelowAsync(scope.Transaction, id, ct);
        var children = below.Where(p => p.Parent == id).Select(p => p.Account).ToList();
        var books = await OpenBooks.Of(scope).LoadAsync(children, ct);
        return children.Exists(c => !books[c].Account.IsClosed);
    }
}
