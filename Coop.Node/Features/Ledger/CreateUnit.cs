using Coop.Ledger;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/units: an administrator adds a unit, for good.</summary>
public static class CreateUnit
{
    /// <param name="Code">2 to 12 of A-Z 0-9; for money the ISO 4217 code.</param>
    /// <param name="Name">1 to 100 characters, one line.</param>
    /// <param name="Scale">Decimals of one whole unit, 0 to 9: with 2, 100 minor units make one.</param>
    /// <param name="Kind">What it counts.</param>
    public sealed record Request(string Code, string Name, int Scale, UnitKind Kind);

    /// <param name="Code">The unit's code.</param>
    /// <param name="EventId">The event <c>unit.created</c>.</param>
    public sealed record Response(string Code, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/units", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Add a unit")
            .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var unit = new Unit(
            LedgerFields.Unit(request.Code, "code"),
            Fields.Text(request.Name, "name", 1, LedgerLimits.MaxUnitNameLength),
            (int)Fields.Range(request.Scale, "scale", 0, LedgerLimits.MaxScale),
            request.Kind);
        var eventId = await transactions.WriteAsync(
            async (scope, token) =>
            {
                var id = scope.Append(LedgerEvents.UnitCreated(me.Actor, unit));
                return await UnitStore.AddAsync(scope.Transaction, unit, id, token)
                    ? id
                    : throw ProblemTypes.UnitExists.With($"{unit.Code} is a unit already.");
            },
            ct);
        return Results.Created("/api/ledger/units", new Response(unit.Code.Value, eventId));
    }
}
