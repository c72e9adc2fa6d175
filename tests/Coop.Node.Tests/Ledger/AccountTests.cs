using System.Text.Json;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class AccountTests(LedgerNode ledger)
{
    [Fact]
    public async Task OpensAnAccountAtZero_WithItsEvent()
    {
        var unit = await ledger.NewUnitAsync();
        var answer = (await ledger.Admin.TryOpenAsync(new
        {
            code = "1000",
            name = "Bank",
            unit,
            type = "asset",
            floorMinor = -500_00,
        })).ExpectCreated();

        Assert.Equal($"/api/ledger/accounts/{answer.Id}", answer.Location);
        var account = (await ledger.Ada.GetAsync($"accounts/{answer.Id}")).ExpectOk().Json;
        Assert.Equal("1000", account.GetProperty("code").GetString());
        Assert.Equal("Bank", account.GetProperty("name").GetString());
        Assert.Equal(unit, account.GetProperty("unit").GetString());
        Assert.Equal("asset", account.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, account.GetProperty("owner").ValueKind);
        Assert.Equal(-500_00, account.GetProperty("floorMinor").GetInt64());
        Assert.Equal(0, account.GetProperty("balanceMinor").GetInt64());
        Assert.Equal(1, await ledger.CountAsync(
            "SELECT count(*) FROM event_payloads WHERE event_id = $1 AND actor = $2",
            answer.Json.GetProperty("eventId").GetGuid(),
            ledger.Admin.Member.Actor));
    }

    [Fact]
    public async Task KeepsAMembersAccountAtZeroOrAbove_UnlessSaidOtherwise()
    {
        var unit = await ledger.NewUnitAsync();
        var plain = await ledger.Admin.OpenAsync("Plain", unit, "liability", ledger.Ada.Member.Id);
        var credit = await ledger.Admin.OpenAsync("Credit", unit, "liability", ledger.Ada.Member.Id, -100);
        var coops = await ledger.Admin.OpenAsync("Bank", unit, "asset");

        Assert.Equal(0, (await FloorAsync(plain)).GetInt64());
        Assert.Equal(-100, (await FloorAsync(credit)).GetInt64());
        Assert.Equal(JsonValueKind.Null, (await FloorAsync(coops)).ValueKind);
    }

    [Fact]
    public async Task ShowsBalances_OfTheCoopToAll_OfAMemberToThatMember()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 75), (chart.AdaMoney, -75))).ExpectCreated();

        Assert.Equal(75, await ledger.Ben.BalanceAsync(chart.Bank));
        Assert.Equal(-75, await ledger.Ada.BalanceAsync(chart.AdaMoney));
        Assert.Equal(-75, await ledger.Admin.BalanceAsync(chart.AdaMoney));
        var own = (await ledger.Ada.GetAsync($"accounts/{chart.AdaMoney}")).Json;
        Assert.Equal(75, own.GetProperty("normalBalanceMinor").GetInt64());
        Assert.Equal("Ada", own.GetProperty("owner").GetProperty("name").GetString());

        var others = (await ledger.Ben.GetAsync($"accounts/{chart.AdaMoney}")).ExpectOk().Json;
        Assert.Equal("Ada's money", others.GetProperty("name").GetString());
        Assert.All(
            ["floorMinor", "balanceMinor", "normalBalanceMinor"],
            field => Assert.Equal(JsonValueKind.Null, others.GetProperty(field).ValueKind));
        (await ledger.Ben.GetAsync($"accounts/{chart.AdaMoney}/postings")).ExpectProblem("forbidden");
    }

    [Fact]
    public async Task ListsAccounts_PageByPage_AndAMembersOwn()
    {
        var charts = new[] { await ledger.NewChartAsync(), await ledger.NewChartAsync() };
        var all = await ListAsync(ledger.Ada, "accounts?limit=3");
        var mine = await ListAsync(ledger.Ada, "accounts?limit=1&mine=true");

        // Two that are opened within a millisecond stand in the order of their ids.
        var expected = charts.SelectMany(c => new[] { c.Bank, c.Sales, c.AdaMoney, c.BenMoney }).Order().ToList();
        Assert.Equal(expected, all.Select(a => a.GetProperty("id").GetGuid()).Where(expected.Contains));
        Assert.Equal(
            charts.Select(c => c.AdaMoney),
            mine.Select(a => a.GetProperty("id").GetGuid()).Where(expected.Contains));
        Assert.All(mine, a => Assert.Equal(ledger.Ada.Member.Id, a.GetProperty("owner").GetProperty("id").GetGuid()));
        Assert.All(mine, a => Assert.Equal(JsonValueKind.Number, a.GetProperty("balanceMinor").ValueKind));
        Assert.All(
            all.Where(a => a.GetProperty("id").GetGuid() == charts[0].BenMoney),
            a => Assert.Equal(JsonValueKind.Null, a.GetProperty("balanceMinor").ValueKind));
    }

    [Fact]
    public async Task Refuses_WithoutATrace()
    {
        var unit = await ledger.NewUnitAsync();
        var code = $"C-{unit}";
        (await ledger.Admin.TryOpenAsync(new { code, name = "First", unit, type = "asset" })).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (string Problem, object Body)[] bad =
        [
            ("account-code-exists", new { code, name = "Second", unit, type = "asset" }),
            ("unknown-unit", new { name = "A", unit = "NOSUCH", type = "asset" }),
            ("unknown-owner", new { name = "A", unit, type = "liability", ownerId = Guid.AllBitsSet }),
            ("invalid-field", new { name = "", unit, type = "asset" }),
            ("invalid-field", new { name = new string('n', 101), unit, type = "asset" }),
            ("invalid-field", new { name = "A\u0000", unit, type = "asset" }),
            ("invalid-field", new { code = new string('1', 33), name = "A", unit, type = "asset" }),
            ("invalid-field", new { name = "A", unit, type = "asset", floorMinor = long.MinValue }),
            ("invalid-field", new { name = "A", unit = "u", type = "asset" }),
            ("malformed-json", new { name = "A", unit, type = "treasure" }),
            ("malformed-json", new { name = "A", unit, type = "asset", ownerId = "me" }),
            ("malformed-json", new { name = "A", unit, type = "asset", floorMinor = 0.5 }),
            ("malformed-json", new { name = "A", unit, type = "asset", balanceMinor = 5 }),
        ];
        foreach (var (problem, body) in bad)
        {
            (await ledger.Admin.TryOpenAsync(body)).ExpectProblem(problem);
        }

        (await ledger.Ada.TryOpenAsync(new { name = "Mine", unit, type = "asset" })).ExpectProblem("forbidden");
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task Refuses_WhatIsNotThere()
    {
        (await ledger.Ada.GetAsync($"accounts/{Guid.AllBitsSet}")).ExpectProblem("not-found");
        (await ledger.Ada.GetAsync($"accounts/{Guid.AllBitsSet}/postings")).ExpectProblem("not-found");
        (await ledger.Ada.GetAsync("accounts/1")).ExpectProblem("not-found");
        (await ledger.Ada.GetAsync("accounts?limit=0")).ExpectProblem("invalid-field");
        (await ledger.Ada.GetAsync("accounts?limit=201")).ExpectProblem("invalid-field");
        (await ledger.Ada.GetAsync("accounts?cursor=abc")).ExpectProblem("invalid-field");
    }

    private async Task<JsonElement> FloorAsync(Guid account) =>
        (await ledger.Admin.GetAsync($"accounts/{account}")).ExpectOk().Json.GetProperty("floorMinor");

    internal static async Task<List<JsonElement>> ListAsync(LedgerClient client, string path)
    {
        var (items, next) = (new List<JsonElement>(), path);
        while (next is not null)
        {
            var page = (await client.GetAsync(next)).ExpectOk().Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("nextCursor").GetString() is { } cursor
                ? $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}"
                : null;
        }

        return items;
    }
}
