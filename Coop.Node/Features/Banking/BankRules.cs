using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Banking;

/// <summary>GET /api/ledger/accounts/{id}/bank-rules, DELETE /api/ledger/bank-rules/{id}: what is remembered.</summary>
public static class BankRules
{
    /// <param name="Items">In the order of their words.</param>
    public sealed record Response(IReadOnlyList<RuleView> Items);

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapGet("/accounts/{id:guid}/bank-rules", ListAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("List how an account's bank lines are booked");
        ledger.MapDelete("/bank-rules/{id:guid}", DropAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Forget a rule for bank lines")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<Response> ListAsync(Guid id, Transactions transactions, CancellationToken ct)
    {
        var rules = await transactions.ReadAsync((connection, token) => BankStore.RulesAsync(connection, id, token), ct);
        return new([.. rules.Select(r => new RuleView(r.Id, r.Contains, r.CounterAccount, r.Memo))]);
    }

    private static async Task<IResult> DropAsync(Guid id, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        await transactions.WriteAsync(
            async (scope, token) =>
            {
                var account = await BankStore.DropAsync(scope.Connection, id, token) ?? throw ProblemTypes.NotFound.With("There is no such rule.");
                return scope.Append(BankEvents.RuleDropped(me.Actor, account, id));
            },
            ct);
        return Results.NoContent();
    }
}
