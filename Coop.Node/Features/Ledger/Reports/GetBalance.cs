using Coop.Ledger.Accounts;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>GET /api/ledger/accounts/{id}/balance: as of now, of any day, or of any size of the log.</summary>
public static class GetBalance
{
    /// <param name="AccountId">The account.</param>
    /// <param name="Unit">The code of its unit.</param>
    /// <param name="AsOf">The last effective date that counted; null for any.</param>
    /// <param name="LogSize">The size of the log up to which was counted; null for all that is booked.</param>
    /// <param name="BalanceMinor">In minor units: debits positive, credits negative.</param>
    /// <param name="NormalBalanceMinor">The balance in minor units as the account's type grows.</param>
    public sealed record Response(
        Guid AccountId, string Unit, DateOnly? AsOf, long? LogSize, long BalanceMinor, long NormalBalanceMinor);

    public static void Map(IEndpointRouteBuilder ledger) =>
        ledger.MapGet("/accounts/{id:guid}/balance", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("Read an account's balance as of any day or log size");

    private static async Task<Response> HandleAsync(
        Guid id, [AsParameters] ReportMoment moment, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var account = await GetAccount.FindAsync(transactions, id, ct);
        if (!account.IsOpenTo(me))
        {
            throw ProblemTypes.Forbidden.With("This account is another member's.");
        }

        var balances = await transactions.ReadAsync(
            (connection, token) => moment.ReadAsync(connection, [new AccountId(id)], token), ct);
        var minor = ReportMoment.Minor(balances.Single().BalanceMinor);
        return new Response(id, account.Unit, moment.AsOf, moment.LogSize, minor, checked(minor * account.Type.NormalSign()));
    }
}
