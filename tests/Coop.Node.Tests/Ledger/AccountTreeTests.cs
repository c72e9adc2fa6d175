using Npgsql;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class AccountTreeTests(LedgerNode ledger)
{
    private const string MakeCycle = """
        UPDATE ledger_account_places SET parent_id = $2, depth = depth + 1, parent_depth = parent_depth + 1
        WHERE account_id = $1
        """;

    [Fact]
    public async Task Moves_WithWhatStandsBelow_AndNeverBelowItself()
    {
        var unit = await ledger.NewUnitAsync();
        var a = await OpenAsync(unit, null);
        var b = await OpenAsync(unit, a);
        var c = await OpenAsync(unit, b);
        var other = await OpenAsync(unit, null);
        (await ChangeAsync(a, c)).ExpectProblem("account-cycle");
        (await ChangeAsync(a, a)).ExpectProblem("account-cycle");
        (await ChangeAsync(b, Guid.AllBitsSet)).ExpectProblem("unknown-parent");
        (await ChangeAsync(b, await ledger.Admin.OpenAsync("Income", unit, "income"))).ExpectProblem("parent-type");

        (await ChangeAsync(b, other)).ExpectOk();
        Assert.Equal(other, (await ledger.Ada.GetAsync($"accounts/{b}")).ExpectOk().Json.GetProperty("parentId").GetGuid());
        (await ChangeAsync(a, c)).ExpectOk();
        Assert.Equal(3, await ledger.CountAsync("SELECT depth FROM ledger_account_places WHERE account_id = $1", a));
        (await ChangeAsync(other, a)).ExpectProblem("account-cycle");
        await Assert.ThrowsAsync<PostgresException>(() => ledger.CountAsync(MakeCycle, other, a));
    }

    [Fact]
    public async Task IsAtMostEightStepsDeep()
    {
        var unit = await ledger.NewUnitAsync();
        var root = await OpenAsync(unit, null);
        var last = root;
        for (var depth = 1; depth <= 8; depth++)
        {
            last = await OpenAsync(unit, last);
        }

        (await TryOpenAsync(unit, last)).ExpectProblem("account-too-deep");
        (await ChangeAsync(root, await OpenAsync(unit, null))).ExpectProblem("account-too-deep");
    }

    [Fact]
    public async Task AHeading_TakesNoPostings()
    {
        var chart = await ledger.NewChartAsync();
        var heading = (await ledger.Admin.TryOpenAsync(
            new { name = "Assets", unit = chart.Unit, type = "asset", placeholder = true })).ExpectCreated().Id;
        (await ledger.Admin.JournalAsync((heading, 1), (chart.Sales, -1))).ExpectProblem("placeholder-account");
        (await ledger.Admin.JournalAsync((chart.Bank, 1), (chart.Sales, -1))).ExpectCreated();
        (await ledger.Admin.PutAsync($"accounts/{chart.Bank}", new { name = "Bank", placeholder = true })).ExpectProblem("account-in-use");
    }

    [Fact]
    public async Task LimitsHoldBothWays_AndChange()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.PutAsync($"accounts/{chart.Bank}", new { name = "Bank", floorMinor = -5, ceilingMinor = 10 })).ExpectOk();
        (await ledger.Admin.JournalAsync((chart.Bank, 11), (chart.Sales, -11))).ExpectProblem("above-ceiling");
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.Sales, -10))).ExpectCreated();
        (await ledger.Admin.JournalAsync((chart.Bank, -16), (chart.Sales, 16))).ExpectProblem("below-floor");
        (await ledger.Admin.PutAsync($"accounts/{chart.Bank}", new { name = "Bank", ceilingMinor = 4 })).ExpectOk();
        (await ledger.Admin.JournalAsync((chart.Bank, 1), (chart.Sales, -1))).ExpectProblem("above-ceiling");
        (await ledger.Admin.JournalAsync((chart.Bank, -1), (chart.Sales, 1))).ExpectCreated();
        (await ledger.Admin.PutAsync($"accounts/{chart.Bank}", new { name = "Bank", floorMinor = 5, ceilingMinor = 4 })).ExpectProblem("invalid-field");
    }

    [Fact]
    public async Task IsClosedAtZero_ForGood()
    {
        var chart = await ledger.NewChartAsync();
        var child = (await TryOpenAsync(chart.Unit, chart.Bank)).ExpectCreated().Id;
        (await ledger.Admin.JournalAsync((chart.Bank, 1), (chart.Sales, -1))).ExpectCreated();
        (await CloseAsync(chart.Bank)).ExpectProblem("account-in-use");
        (await ledger.Admin.JournalAsync((chart.Bank, -1), (chart.Sales, 1))).ExpectCreated();
        (await CloseAsync(chart.Bank)).ExpectProblem("account-in-use");
        (await CloseAsync(child)).ExpectOk();
        (await CloseAsync(chart.Bank)).ExpectOk();
        (await CloseAsync(chart.Bank)).ExpectProblem("account-closed");
        (await ledger.Admin.JournalAsync((chart.Bank, 1), (chart.Sales, -1))).ExpectProblem("account-closed");
        (await ChangeAsync(chart.Bank, null)).ExpectProblem("account-closed");
        (await ledger.Ada.PostAsync($"accounts/{chart.Sales}/close", new { })).ExpectProblem("forbidden");
    }

    private async Task<Guid> OpenAsync(string unit, Guid? parentId) => (await TryOpenAsync(unit, parentId)).ExpectCreated().Id;

    private Task<LedgerAnswer> TryOpenAsync(string unit, Guid? parentId) =>
        ledger.Admin.TryOpenAsync(new { name = "Account", unit, type = "asset", parentId });

    private Task<LedgerAnswer> ChangeAsync(Guid account, Guid? parentId) =>
        ledger.Admin.PutAsync($"accounts/{account}", new { name = "Account", parentId });

    private Task<LedgerAnswer> CloseAsync(Guid account) => ledger.Admin.PostAsync($"accounts/{account}/close", new { });
}
