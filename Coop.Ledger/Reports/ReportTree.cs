using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Reports;

/// <summary>An account of the chart, as reports name it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">What it stands below, if anything.</param>
/// <param name="Code">Its number in the chart, if it has one.</param>
/// <param name="Name">As people read it.</param>
/// <param name="Type">Where it stands; its parent's is the same.</param>
public sealed record ChartAccount(AccountId Id, AccountId? Parent, string? Code, string Name, AccountType Type);

/// <summary>An account's row in the report of one unit.</summary>
/// <param name="Account">The account.</param>
/// <param name="Unit">The unit of the amounts, which an account that is here as a heading need not be kept in.</param>
/// <param name="Depth">Steps below what stands below nothing: 0 and more.</param>
/// <param name="IsParent">Whether rows below it follow.</param>
/// <param name="BalanceMinor">Its own balance: debits positive, credits negative.</param>
/// <param name="BranchMinor">Its own balance and those of all rows below it.</param>
public sealed record ReportRow(
    ChartAccount Account, UnitCode Unit, int Depth, bool IsParent, decimal BalanceMinor, decimal BranchMinor);

/// <summary>Puts the lines of a report in the order of the chart of accounts, with what each branch comes to.</summary>
public static class ReportTree
{
    /// <summary>
    /// A row for each line, and for what these stand below: unit by unit, in the order of the types, each account
    /// before what stands below it, else by code and name.
    /// </summary>
    /// <param name="chart">All accounts; the tree has no cycles, which the ledger takes care of.</param>
    /// <param name="lines">One at most for an account, which the chart has.</param>
    public static IReadOnlyList<ReportRow> Of(IReadOnlyCollection<ChartAccount> chart, IEnumerable<ReportLine> lines)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var byId = chart.ToDictionary(a => a.Id);
        return
        [
            .. lines.GroupBy(l => l.Unit)
                .OrderBy(unit => unit.Key.Value, StringComparer.Ordinal)
                .SelectMany(unit => new UnitTree(unit.Key, byId, unit).Rows()),
        ];
    }

    private sealed class UnitTree
    {
        private static readonly List<ChartAccount> None = [];
        private readonly UnitCode _unit;
        private readonly Dictionary<AccountId, decimal> _balances;
        private readonly Dictionary<AccountId, List<ChartAccount>> _below = [];
        private readonly List<ChartAccount> _top = [];

        public UnitTree(UnitCode unit, Dictionary<AccountId, ChartAccount> chart, IEnumerable<ReportLine> lines)
        {
            _unit = unit;
            _balances = lines.ToDictionary(l => l.Account, l => l.BalanceMinor);
            var placed = new HashSet<AccountId>();
            foreach (var account in _balances.Keys)
            {
                Place(chart[account], chart, placed);
            }
        }

        public List<ReportRow> Rows()
        {
            var rows = new List<ReportRow>();
            foreach (var account in Sorted(_top))
            {
                Add(account, 0, rows);
            }

            return rows;
        }

        private void Place(ChartAccount account, Dictionary<AccountId, ChartAccount> chart, HashSet<AccountId> placed)
        {
            if (!placed.Add(account.Id))
            {
                return;
            }

            if (account.Parent is not { } parent)
            {
                _top.Add(account);
                return;
            }

            if (!_below.TryGetValue(parent, out var siblings))
            {
                _below[parent] = siblings = [];
            }

            siblings.Add(account);
            Place(chart[parent], chart, placed);
        }

        /// <summary>Adds an account and what stands below it; answers what they come to.</summary>
        private decimal Add(ChartAccount account, int depth, List<ReportRow> rows)
        {
            var at = rows.Count;
            var own = _balances.GetValueOrDefault(account.Id);
            rows.Add(null!);
            var children = Sorted(_below.GetValueOrDefault(account.Id, None));
            var branch = own + children.Sum(child => Add(child, depth + 1, rows));
            rows[at] = new(account, _unit, depth, children.Count > 0, own, branch);
            return branch;
        }

        // An account without a number comes after those that have one.
        private static List<ChartAccount> Sorted(List<ChartAccount> accounts) =>
        [
            .. accounts.OrderBy(a => a.Type).ThenBy(a => a.Code is null)
                .ThenBy(a => a.Code, StringComparer.Ordinal)
                .ThenBy(a => a.Name, StringComparer.Ordinal)
                .ThenBy(a => a.Id.Value),
        ];
    }
}
