using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>GET /api/ledger/journals/{id}.</summary>
public static class GetJournal
{
    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/journals/{id:guid}", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read a journal");

    private static async Task<JournalView> HandleAsync(
        Guid id, Transactions transactions, CancellationToken ct) =>
        await transactions.ReadAsync(
            (connection, token) => JournalViewStore.FindAsync(connection, id, token), ct)
        ?? throw ProblemTypes.NotFound.With("There is no such journal.");
}
