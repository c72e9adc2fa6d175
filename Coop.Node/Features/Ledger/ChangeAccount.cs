using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// PUT /api/ledger/accounts/{id}: another name, code, place, floor or ceiling. What is posted stays as it is;
/// a limit counts from now on.
/// </summary>
public static class ChangeAccount
{
    /// <summary>All that may change, as it shall be: what is left out is none.</summary>
    /// <param name="Name">1 to 100 characters, one line.</param>
    /// <param name="Code">Its number in the chart of accounts, 1 to 32 characters, unique.</param>
    /// <param name="ParentId">The account that it stands below, of the same type.</param>
    /// <param name="Placeholder">Whether it is a heading, on which nothing is posted.</param>
    /// <param name="FloorMinor">What its normal balance may not go below, in minor units; below zero it is a credit limit.</param>
    /// <param name="CeilingMinor">What its normal balance may not go above, in minor units.</param>
    public sealed record Request(
        string Name,
        string? Code = null,
        Guid? ParentId = null,
        bool Placeholder = false,
        long? FloorMinor = null,
        long? CeilingMinor = null);

    /// <param name="Id">The account's id.</param>
    /// <param name="EventId">The event <c>account.changed</c> or <c>account.closed</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPut("/accounts/{id:guid}", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Change an account's name, place or limits");

    private static async Task<Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var name = Fields.Text(request.Name, "name", 1, LedgerLimits.MaxAccountNameLength);
        var code = Fields.OptionalText(request.Code, "code", LedgerLimits.MaxAccountCodeLength);
        var (floor, ceiling) = LedgerFields.Limits(request.FloorMinor, request.CeilingMinor);
        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                var state = await RequireOpenAsync(scope, id, token);
                var changed = state.Account with
                {
                    Name = name,
                    Code = code,
                    FloorMinor = floor,
                    CeilingMinor = ceiling,
                    IsPlaceholder = request.Placeholder,
                };
                await RefuseAsync(scope, state, changed, token);
                var place = await AccountPlaceStore.FindAsync(scope.Transaction, changed.Id, token);
                await AccountPlacing.MoveAsync(scope, place!, request.ParentId, token);
                scope.Defer(AccountStore.Update(changed));
                return new Response(id, scope.Append(LedgerEvents.AccountChanged(me.Actor, changed, request.ParentId)));
            },
            ct);
    }

    /// <summary>The account as it is, if it is not closed.</summary>
    /// <exception cref="RefusalException">There is none, or it is closed.</exception>
    internal static async Task<AccountState> RequireOpenAsync(WriteScope scope, Guid id, CancellationToken ct)
    {
        var books = await OpenBooks.Of(scope).LoadAsync([new AccountId(id)], ct);
        var state = books.Has(new(id)) ? books[new(id)] : throw ProblemTypes.NotFound.With("There is no such account.");
        return state.Account.IsClosed ? throw ProblemTypes.AccountClosed.With("The account is closed.") : state;
    }

    private static bool HasLimitsOf(Account changed, Account account) =>
        (changed.FloorMinor, changed.CeilingMinor, changed.IsPlaceholder)
            == (account.FloorMinor, account.CeilingMinor, account.IsPlaceholder);

    private static async Task RefuseAsync(
        WriteScope scope, AccountState state, Account changed, CancellationToken ct)
    {
        if (changed.Code is { } code && code != state.Account.Code
            && await AccountStore.IsCodeTakenAsync(scope.Transaction, code, ct))
        {
            throw ProblemTypes.AccountCodeExists.With($"{code} is an account already.");
        }

        if (changed.IsPlaceholder && (state.PostingCount > 0 || state.IsReserved))
        {
            throw ProblemTypes.AccountInUse.With("There are postings on the account; it cannot become a heading.");
        }

        if (!HasLimitsOf(changed, state.Account) && await ShareAccounts.ContainAsync(scope.Connection, changed.Id, ct))
        {
            throw ProblemTypes.AccountInUse.With("Share capital is kept on it: its limits stay.");
        }
    }
}
