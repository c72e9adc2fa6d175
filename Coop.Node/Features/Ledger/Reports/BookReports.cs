using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Node.Database;
using Coop.Node.Http;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>
/// GET /api/ledger/reports/…: trial balance, balance sheet, income statement; for administrators and treasurers, since members'
/// balances stand in them.
/// </summary>
public static class BookReports
{
    public static void Map(IEndpointRouteBuilder ledger)
    {
        var reports = ledger.MapGroup("/reports");
        reports.MapGet("/trial-balance", TrialBalanceAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Read the trial balance as of any day or log size");
        reports.MapGet("/balance-sheet", BalanceSheetAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Read the balance sheet as of any day or log size");
        reports.MapGet("/income-statement", IncomeStatementAsync)
            .RequireReader(Roles.Admin, Roles.Treasurer)
            .WithSummary("Read the income statement of any days");
    }

    private static Task<ReportView> TrialBalanceAsync(
        [AsParameters] ReportMoment moment, Transactions transactions, CancellationToken ct) =>
        ReadAsync(moment, _ => true, transactions, ct);

    private static Task<ReportView> BalanceSheetAsync(
        [AsParameters] ReportMoment moment, Transactions transactions, CancellationToken ct) =>
        ReadAsync(moment, type => type is AccountType.Asset or AccountType.Liability or AccountType.Equity, transactions, ct);

    private static Task<ReportView> IncomeStatementAsync(
        [FromQuery] DateOnly from, [FromQuery] DateOnly to, Transactions transactions, CancellationToken ct)
    {
        var (first, last) = (ReportMoment.Day(from, "from"), ReportMoment.Day(to, "to"));
        if (first > last)
        {
            throw Fields.Invalid("to", "lies before from.");
        }

        return transactions.SnapshotAsync(
            async (connection, token) =>
            {
                var before = ReportReader.ByAccount(await BalanceStore.AsOfAsync(connection, null, first.AddDays(-1), token));
                var after = await BalanceStore.AsOfAsync(connection, null, last, token);
                var moved = after.ToDictionary(b => b.Account, b => b.BalanceMinor - before.GetValueOrDefault(b.Account));
                return await ReportReader.ReadAsync(
                    connection, moved, type => type is AccountType.Income or AccountType.Expense, token);
            },
            ct);
    }

    private static Task<ReportView> ReadAsync(
        ReportMoment moment, Func<AccountType, bool> isListed, Transactions transactions, CancellationToken ct) =>
        transactions.SnapshotAsync(
            async (connection, token) => await ReportReader.ReadAsync(
                connection, ReportReader.ByAccount(await moment.ReadAsync(connection, null, token)), isListed, token),
            ct);
}
