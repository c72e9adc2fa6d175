using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>As of when balances are asked for; bound with <c>[AsParameters]</c>. Neither: as of now.</summary>
/// <param name="AsOf">The last effective date that counts.</param>
/// <param name="LogSize">Only what the first so many entries of the log tell.</param>
public sealed record ReportMoment(
    [FromQuery(Name = "asOf")] DateOnly? AsOf,
    [FromQuery(Name = "logSize")] long? LogSize)
{
    /// <summary>The balances of some accounts, or of all.</summary>
    /// <exception cref="RefusalException">Both were given, or one is out of range.</exception>
    public Task<List<BalanceAt>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyCollection<AccountId>? accounts, CancellationToken ct) => this switch
        {
            { AsOf: not null, LogSize: not null } => throw Fields.Invalid("logSize", "does not go together with asOf."),
            { AsOf: { } day } => BalanceStore.AsOfAsync(connection, accounts, Day(day, "asOf"), ct),
            { LogSize: { } size } => BalanceStore.AtLogSizeAsync(connection, accounts, Fields.Range(size, "logSize", 0, long.MaxValue), ct),
            _ when accounts is null => BalanceStore.NowAsync(connection, ct),
            _ => BalanceStore.AsOfAsync(connection, accounts, LedgerLimits.LastEffectiveDate, ct),
        };

    /// <summary>A day that a journal may count for.</summary>
    public static DateOnly Day(DateOnly date, string field) =>
        date >= LedgerLimits.FirstEffectiveDate && date <= LedgerLimits.LastEffectiveDate
            ? date
            : throw Fields.Invalid(field, "lies outside of the days that journals may count for.");

    /// <summary>A balance that fits into 64 bits, as the API has them.</summary>
    public static long Minor(decimal minor) => decimal.Abs(minor) <= long.MaxValue
        ? (long)minor
        : throw ProblemTypes.BalanceOverflow.With("By effective date an amount comes to more than 64 bits hold.");
}
