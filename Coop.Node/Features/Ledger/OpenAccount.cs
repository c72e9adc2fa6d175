using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/accounts: an administrator opens an account, at zero.</summary>
public static class OpenAccount
{
    /// <param name="Name">1 to 100 characters, one line.</param>
    /// <param name="Unit">The code of a unit; every posting on the account is in it.</param>
    /// <param name="Type">Asset, liability, equity, income or expense.</param>
    /// <param name="Code">Its number in the chart of accounts, 1 to 32 characters, unique; may be left out.</param>
    /// <param name="OwnerId">The member that it is kept for, if any.</param>
    /// <param name="FloorMinor">
    /// What its balance, counted as its type grows, may not go below, in minor units. Left out: 0 for
    /// an account with an owner, else no floor.
    /// </param>
    /// <param name="CeilingMinor">What it may not go above, counted likewise.</param>
    /// <param name="ParentId">The account that it stands below, of the same type.</param>
    /// <param name="Placeholder">Whether it is a heading, on which nothing is posted.</param>
    public sealed record Request(
        string Name,
        string Unit,
        AccountType Type,
        string? Code = null,
        Guid? OwnerId = null,
        long? FloorMinor = null,
        long? CeilingMinor = null,
        Guid? ParentId = null,
        bool Placeholder = false);

    /// <param name="Id">The account's id.</param>
    /// <param name="EventId">The event <c>account.opened</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/accounts", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Open an account")
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        MemberId? owner = request.OwnerId is { } member ? new MemberId(member) : null;
        var draft = new Account(
            default,
            Fields.OptionalText(request.Code, "code", LedgerLimits.MaxAccountCodeLength),
            Fields.Text(request.Name, "name", 1, LedgerLimits.MaxAccountNameLength),
            LedgerFields.Unit(request.Unit, "unit"),
            request.Type,
            owner,
            LedgerFields.Floor(request.FloorMinor) ?? Account.DefaultFloor(owner))
        {
            IsPlaceholder = request.Placeholder,
        };
        draft = draft with { CeilingMinor = LedgerFields.Limits(draft.FloorMinor, request.CeilingMinor).Ceiling };
        var response = await transactions.WriteAsync(
            (scope, token) => OpenAsync(scope, me, draft with { Id = new(scope.NewId()) }, request.ParentId, token), ct);
        return Results.Created($"/api/ledger/accounts/{response.Id}", response);
    }

    private static async Task<Response> OpenAsync(
        WriteScope scope, CurrentMember me, Account account, Guid? parent, CancellationToken ct)
    {
        if (await UnitStore.FindAsync(scope.Transaction, account.Unit, ct) is null)
        {
            throw ProblemTypes.UnknownUnit.With($"{account.Unit} is no unit of these books.");
        }

        if (account.Code is { } code && await AccountStore.IsCodeTakenAsync(scope.Transaction, code, ct))
        {
            throw ProblemTypes.AccountCodeExists.With($"{code} is an account already.");
        }

        var owner = account.Owner is { } id ? await AccountOwner.RequireAsync(scope.Connection, id.Value, ct) : null;
        await AccountPlacing.MoveAsync(scope, new(account.Id, account.Type, 0, null), parent, ct);
        var eventId = scope.Append(LedgerEvents.AccountOpened(me.Actor, account, owner?.Actor, parent));
        await AccountStore.OpenAsync(scope.Transaction, account, eventId, ct);
        return new Response(account.Id.Value, eventId);
    }
}
