using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Reports;

/// <summary>An account's line in a report.</summary>
/// <param name="Account">Its id.</param>
/// <param name="Type">Its type, which says where it stands.</param>
/// <param name="Unit">What it is kept in; amounts of different units are never added.</param>
/// <param name="BalanceMinor">Debits positive, credits negative.</param>
public readonly record struct ReportLine(AccountId Account, AccountType Type, UnitCode Unit, decimal BalanceMinor)
{
    /// <summary>The balance as the account's type grows.</summary>
    public decimal NormalMinor => BalanceMinor * Type.NormalSign();
}

/// <summary>What the accounts of one unit come to.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="DebitMinor">The sum of the balances that are debits.</param>
/// <param name="CreditMinor">The sum of those that are credits, as a positive number; the same, if all is right.</param>
/// <param name="AssetsMinor">Assets.</param>
/// <param name="LiabilitiesMinor">Liabilities, positive where something is owed.</param>
/// <param name="EquityMinor">Equity without the result.</param>
/// <param name="IncomeMinor">Income.</param>
/// <param name="ExpensesMinor">Expenses.</param>
public sealed record UnitTotal(
    UnitCode Unit, decimal DebitMinor, decimal CreditMinor, decimal AssetsMinor, decimal LiabilitiesMinor,
    decimal EquityMinor, decimal IncomeMinor, decimal ExpensesMinor)
{
    /// <summary>Income less expenses: what a balance sheet shows beside equity until it is distributed.</summary>
    public decimal ResultMinor => IncomeMinor - ExpensesMinor;

    /// <summary>The totals of every unit, in the order of their codes.</summary>
    public static IReadOnlyList<UnitTotal> Of(IEnumerable<ReportLine> lines)
    {
        return [.. lines.GroupBy(l => l.Unit).OrderBy(g => g.Key.Value, StringComparer.Ordinal).Select(unit => new UnitTotal(
            unit.Key,
            unit.Where(l => l.BalanceMinor > 0).Sum(l => l.BalanceMinor),
            -unit.Where(l => l.BalanceMinor < 0).Sum(l => l.BalanceMinor),
            Sum(unit, AccountType.Asset), Sum(unit, AccountType.Liability), Sum(unit, AccountType.Equity),
            Sum(unit, AccountType.Income), Sum(unit, AccountType.Expense)))];
    }

    private static decimal Sum(IEnumerable<ReportLine> lines, AccountType type) =>
        lines.Where(l => l.Type == type).Sum(l => l.NormalMinor);
}
