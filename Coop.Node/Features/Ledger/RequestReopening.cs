using Coop.Ledger.Journals;
using Coop.Ledger.Periods;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Ledger;

/// <summary>POST /api/ledger/periods/reopenings: asks that closed days be opened again; somebody else has to agree.</summary>
public static class RequestReopening
{
    public const int MaxReasonLength = 500;

    /// <param name="OpenFrom">The first day that shall be open.</param>
    /// <param name="As">The caller's role in this: who agrees has the other one.</param>
    /// <param name="Reason">Why, 1 to 500 characters.</param>
    public sealed record Request(DateOnly OpenFrom, PeriodRole As, string Reason);

    /// <param name="Id">The request's id.</param>
    /// <param name="EventId">The event <c>reopening.requested</c>.</param>
    public sealed record Response(Guid Id, Guid EventId);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/periods/reopenings", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Ask that closed days be opened again");

    private static async Task<Created<Response>> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var role = PeriodAccess.Require(me, request.As);
        var openFrom = LedgerFields.Day(request.OpenFrom, "openFrom");
        var reason = Fields.Multiline(request.Reason, "reason", 1, MaxReasonLength);
        var response = await transactions.WriteAsync(
            async (scope, token) =>
            {
                var last = await FolioStore.LastAsync(scope.Transaction, token);
                if (openFrom >= last.OpenFrom)
                {
                    PeriodAccess.ThrowIfRefused(PeriodRefusal.NotClosed);
                }

                var reopening = new Reopening(scope.NewId(), openFrom, reason, new(me.Id), role, IsApproved: false);
                var eventId = scope.Append(PeriodEvents.ReopeningRequested(me.Actor, reopening));
                await ReopeningStore.AddAsync(scope.Transaction, reopening, scope.Now, eventId, token);
                return new Response(reopening.Id, eventId);
            },
            ct);
        return TypedResults.Created($"/api/ledger/periods/reopenings/{response.Id}", response);
    }
}
