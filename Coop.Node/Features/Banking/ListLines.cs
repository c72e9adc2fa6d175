using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Banking;

/// <summary>GET /api/ledger/accounts/{id}/bank-lines: what the bank says, and what of the books it may be.</summary>
public static class ListLines
{
    private const string Open = "open";
    private const string Matched = "matched";

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/bank-lines", HandleAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List an account's bank lines, with what they may be in the books");

    private static async Task<Page<BankLineView>> HandleAsync(
        Guid id, [FromQuery(Name = "state")] string? state, [AsParameters] PageQuery page, Transactions transactions, CancellationToken ct)
    {
        var (size, after) = (page.Size(), page.AfterId());
        BankLineState? wanted = state is null ? null
            : Fields.OneOf(state, "state", [Open, Matched]) == Open ? BankLineState.Open : BankLineState.Matched;
        var lines = await transactions.SnapshotAsync(
            async (connection, token) => await LineViews.OfAsync(
                connection, id, await BankStore.LinesAsync(connection, id, wanted, after, size + 1, token), token),
            ct);
        return Page.Of(lines, size, line => line.Id, line => line);
    }
}
