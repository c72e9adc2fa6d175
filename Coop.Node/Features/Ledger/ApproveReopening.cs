using Coop.Ledger.Journals;
using Coop.Ledger.Periods;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>
/// POST /api/ledger/periods/reopenings/{id}/approve: another person in the other role agrees, and the days are
/// open.
/// </summary>
public static class ApproveReopening
{
    /// <param name="As">The caller's role in this.</param>
    public sealed record Request(PeriodRole As);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapPost("/periods/reopenings/{id:guid}/approve", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Open closed days again, as somebody else asked");

    private static async Task<ClosePeriod.Response> HandleAsync(
        Guid id, Request request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var role = PeriodAccess.Require(me, request.As);
        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                var reopening = await ReopeningStore.FindAsync(scope.Transaction, id, token)
                    ?? throw ProblemTypes.NotFound.With("Nobody asked for this.");
                var last = await FolioStore.LastAsync(scope.Transaction, token);
                var refusal = reopening.Judge(new(me.Id), role, last.OpenFrom);
                if (refusal != PeriodRefusal.None)
                {
                    PeriodAccess.ThrowIfRefused(refusal);
                }

                scope.Defer(ReopeningStore.Approve(reopening, new(me.Id), role, scope.Now));
                return ClosePeriod.Write(scope, me, last, last.WithChange(reopening.OpenFrom), id);
            },
            ct);
    }
}
