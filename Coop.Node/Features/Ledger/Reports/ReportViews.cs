using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>An account in a report.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Code">Its number in the chart of accounts, if it has one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
/// <param name="Unit">The code of its unit.</param>
/// <param name="BalanceMinor">In minor units: debits positive, credits negative.</param>
/// <param name="NormalBalanceMinor">In minor units as the account's type grows.</param>
public sealed record ReportLineView(
    Guid AccountId, string? Code, string Name, AccountType Type, string Unit, long BalanceMinor, long NormalBalanceMinor);

/// <summary>What a unit's accounts come to, in minor units.</summary>
/// <param name="Unit">The code of the unit.</param>
/// <param name="DebitMinor">The sum of the balances that are debits.</param>
/// <param name="CreditMinor">The sum of those that are credits, as a positive number.</param>
/// <param name="AssetsMinor">Assets.</param>
/// <param name="LiabilitiesMinor">Liabilities.</param>
/// <param name="EquityMinor">Equity without the result.</param>
/// <param name="IncomeMinor">Income.</param>
/// <param name="ExpensesMinor">Expenses.</param>
/// <param name="ResultMinor">Income less expenses. Assets are liabilities, equity and the result.</param>
public sealed record UnitTotalView(
    string Unit, long DebitMinor, long CreditMinor, long AssetsMinor, long LiabilitiesMinor, long EquityMinor,
    long IncomeMinor, long ExpensesMinor, long ResultMinor)
{
    internal static UnitTotalView Of(UnitTotal t) => new(
        t.Unit.Value, ReportMoment.Minor(t.DebitMinor), ReportMoment.Minor(t.CreditMinor), ReportMoment.Minor(t.AssetsMinor),
        ReportMoment.Minor(t.LiabilitiesMinor), ReportMoment.Minor(t.EquityMinor), ReportMoment.Minor(t.IncomeMinor),
        ReportMoment.Minor(t.ExpensesMinor), ReportMoment.Minor(t.ResultMinor));
}

/// <summary>Accounts with balances, and what they come to.</summary>
/// <param name="Lines">By type, code and name; accounts at zero are left out.</param>
/// <param name="Totals">One for each unit.</param>
public sealed record ReportView(IReadOnlyList<ReportLineView> Lines, IReadOnlyList<UnitTotalView> Totals);
