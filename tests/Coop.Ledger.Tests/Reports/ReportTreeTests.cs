using Coop.Ledger.Accounts;
using Coop.Ledger.Reports;
using Coop.Ledger.Units;
using CsCheck;

namespace Coop.Ledger.Tests.Reports;

public sealed class ReportTreeTests
{
    private const int MaxDepth = 8;
    private static readonly UnitCode Euro = UnitCode.Parse("EUR");
    private static readonly UnitCode Hour = UnitCode.Parse("HOUR");

    /// <summary>Accounts whose parents come before them, of one type each tree, and balances on some of them.</summary>
    private static readonly Gen<(IReadOnlyList<ChartAccount> Chart, IReadOnlyList<ReportLine> Lines)> Report =
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 4], Gen.Long[-1_000_000, 1_000_000], Gen.Bool, Gen.Bool, Gen.Int[0, 9])
            .List[1, 30]
            .Select(rows =>
            {
                var chart = new List<ChartAccount>();
                var depth = new List<int>();
                var lines = new List<ReportLine>();
                foreach (var (above, type, minor, isHour, hasLine, code) in rows)
                {
                    var parent = above < chart.Count && depth[above] < MaxDepth ? chart[above] : null;
                    var account = new ChartAccount(
                        IdOf(chart.Count), parent?.Id, code == 0 ? null : $"{code}{chart.Count}", $"Account {chart.Count}",
                        parent?.Type ?? (AccountType)type);
                    chart.Add(account);
                    depth.Add(parent is null ? 0 : depth[above] + 1);
                    if (hasLine && minor != 0)
                    {
                        lines.Add(new(account.Id, account.Type, isHour ? Hour : Euro, minor));
                    }
                }

                return ((IReadOnlyList<ChartAccount>)chart, (IReadOnlyList<ReportLine>)lines);
            });

    [Fact]
    public void Branches_AddUp() => Report.Sample(report =>
    {
        foreach (var rows in ReportTree.Of(report.Chart, report.Lines).GroupBy(r => r.Unit))
        {
            foreach (var row in rows)
            {
                var children = rows.Where(r => r.Account.Parent == row.Account.Id).ToList();
                Assert.Equal(row.BalanceMinor + children.Sum(c => c.BranchMinor), row.BranchMinor);
                Assert.Equal(children.Count > 0, row.IsParent);
                Assert.True(row.IsParent || row.BalanceMinor != 0);
                Assert.All(children, c => Assert.Equal(row.Depth + 1, c.Depth));
            }

            foreach (var type in Enum.GetValues<AccountType>())
            {
                Assert.Equal(
                    report.Lines.Where(l => l.Unit == rows.Key && l.Type == type).Sum(l => l.BalanceMinor),
                    rows.Where(r => r.Depth == 0 && r.Account.Type == type).Sum(r => r.BranchMinor));
            }
        }
    });

    [Fact]
    public void EveryLine_StandsOnce_RightBelowItsParentsBranch() => Report.Sample(report =>
    {
        var rows = ReportTree.Of(report.Chart, report.Lines);
        Assert.Equal(
            report.Lines.Select(l => (l.Account, l.Unit)).ToHashSet(),
            rows.Where(r => r.BalanceMinor != 0).Select(r => (r.Account.Id, r.Unit)).ToHashSet());
        Assert.Equal(rows.Count, rows.Select(r => (r.Account.Id, r.Unit)).Distinct().Count());
        for (var i = 0; i < rows.Count; i++)
        {
            var above = Enumerable.Range(0, i).Reverse().Select(n => rows[n]).FirstOrDefault(r => r.Depth < rows[i].Depth);
            Assert.Equal(rows[i].Account.Parent, above?.Unit == rows[i].Unit ? above.Account.Id : null);
        }
    });

    [Fact]
    public void Siblings_StandByCode_ThenByName_WithoutACodeLast()
    {
        ChartAccount[] chart =
        [
            Top(null, "Zebra"), Top("2000", "Debts"), Top("1000", "Till"), Top(null, "Apples"),
            Top("1000x", "Bank", AccountType.Liability),
        ];

        var rows = ReportTree.Of(chart, chart.Select(a => new ReportLine(a.Id, a.Type, Euro, 1)));

        Assert.Equal(["Till", "Debts", "Apples", "Zebra", "Bank"], rows.Select(r => r.Account.Name));
    }

    private static ChartAccount Top(string? code, string name, AccountType type = AccountType.Asset) =>
        new(IdOf(name.GetHashCode(StringComparison.Ordinal)), null, code, name, type);

    private static AccountId IdOf(int n) => new(new Guid(n, 0, 0, new byte[8]));
}
