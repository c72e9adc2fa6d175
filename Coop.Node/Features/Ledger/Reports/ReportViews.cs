using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;

namespace Coop.Node.Features.Ledger.Reports;

/// <summary>An account in a report: one with a balance, or one that such an account stands below.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Code">Its number in the chart of accounts, if it has one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Type">Asset, liability, equity, income or expense.</param>
/// <param name="Unit">The code of the unit of the amounts.</param>
/// <param name="Depth">Steps below an account that stands below nothing, 0 to 8.</param>
/// <param name="IsParent">Whether accounts that stand below it follow.</param>
/// <param name="BalanceMinor">Its own balance in minor units: debits positive, credits negative.</param>
/// <param name="NormalBalanceMinor">The same as the account's type grows.</param>
/// <param name="BranchMinor">Its own balance and those of all accounts below it in this unit, debits positive.</param>
/// <param name="NormalBranchMinor">The same as the account's type grows.</param>
public sealed record ReportLineView(
    Guid AccountId,
    string? Code,
    string Name,
    AccountType Type,
    string Unit,
    int Depth,
    bool IsParent,
    long BalanceMinor,
    long NormalBalanceMinor,
    long BranchMinor,
    long NormalBranchMinor)
{
    internal static ReportLineView Of(ReportRow row)
    {
        var ((account, unit, depth, isParent, own, branch), sign) = (row, row.Account.Type.NormalSign());
        return new(
            account.Id.Value, account.Code, account.Name, account.Type, unit.Value, depth, isParent,
            ReportMoment.Minor(own), ReportMoment.Minor(own * sign), ReportMoment.Minor(branch), ReportMoment.Minor(branch * sign));
    }
}

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
/// <param name="Lines">
/// Unit by unit, by type, and then in the order of the chart: each account before those that stand below it, else by
/// code and name. Accounts at zero are left out where nothing below them has a balance.
/// </param>
/// <param name="Totals">One for each unit.</param>
public sealed record ReportView(IReadOnlyList<ReportLineView> Lines, IReadOnlyList<UnitTotalView> Totals);
