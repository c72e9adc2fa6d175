using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Shares;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/classes: adds a class of shares with its unit, for good.</summary>
public static class CreateShareClass
{
    private const int MaxNoticeDays = 3660;

    /// <param name="Code">2 to 12 of A-Z 0-9; the code of a new unit.</param>
    /// <param name="Name">1 to 100 characters, one line.</param>
    /// <param name="MoneyUnit">The code of a unit of kind money, in which shares are paid.</param>
    /// <param name="ParMinor">What a share costs, in minor units of <paramref name="MoneyUnit"/>, at least 1.</param>
    /// <param name="Votes">Whether it carries a vote; investor shares do not.</param>
    /// <param name="NoticeDays">Days from a notice to redemption, 0 to 3660.</param>
    public sealed record Request(
        string Code, string Name, string MoneyUnit, long ParMinor, bool Votes, int NoticeDays);

    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/classes", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Add a class of shares")
            .Produces<ShareClassView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var unit = new Unit(
            LedgerFields.Unit(request.Code, "code"),
            Fields.Text(request.Name, "name", 1, LedgerLimits.MaxUnitNameLength),
            0,
            UnitKind.Shares);
        var draft = new ShareClass(
            unit.Code,
            LedgerFields.Unit(request.MoneyUnit, "moneyUnit"),
            Fields.Range(request.ParMinor, "parMinor", 1, long.MaxValue),
            request.Votes,
            (int)Fields.Range(request.NoticeDays, "noticeDays", 0, MaxNoticeDays),
            default);
        var added = await transactions.WriteAsync(
            (scope, token) => AddAsync(scope, me, unit, draft with { Issued = new(scope.NewId()) }, token), ct);
        return Results.Created("/api/shares/classes", ShareClassView.Of((added, unit.Name)));
    }

    private static async Task<ShareClass> AddAsync(
        WriteScope scope, CurrentMember me, Unit unit, ShareClass added, CancellationToken ct)
    {
        var money = await UnitStore.FindAsync(scope.Transaction, added.MoneyUnit, ct)
            ?? throw ProblemTypes.UnknownUnit.With($"{added.MoneyUnit} is no unit of these books.");
        if (money.Kind != UnitKind.Money)
        {
            throw Fields.Invalid("moneyUnit", "must be a unit of kind money.");
        }

        var unitEvent = scope.Append(LedgerEvents.UnitCreated(me.Actor, unit));
        if (!await UnitStore.AddAsync(scope.Transaction, unit, unitEvent, ct))
        {
            throw ProblemTypes.UnitExists.With($"{unit.Code} is a unit already.");
        }

        var issued = new Account(added.Issued, null, $"{unit.Code} issued", unit.Code, AccountType.Equity, null, null);
        var accountEvent = scope.Append(LedgerEvents.AccountOpened(me.Actor, issued, null, null));
        await AccountStore.OpenAsync(scope.Transaction, issued, accountEvent, ct);
        await ShareClassTable.AddAsync(
            scope.Connection, added, scope.Append(ShareEvents.ClassCreated(me.Actor, added)), ct);
        return added;
    }
}
