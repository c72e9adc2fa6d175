using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/periods: which days are closed, and how that came about.</summary>
public static class GetPeriods
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/periods", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read which days are closed");

    private static Task<PeriodsView> HandleAsync(Transactions transactions, CancellationToken ct) =>
        transactions.ReadAsync(PeriodsViewStore.ReadAsync, ct);
}
