using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Coop.Ledger.Exchange;
using Coop.Ledger.Reports;
using Coop.Node.Database;
using Coop.Node.Features.Ledger.Reports;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>Balances of the past, and reports made of them, against what a list of all postings adds up to.</summary>
[Collection(LedgerNode.Name)]
public sealed class ReportTests(LedgerNode ledger)
{
    private static readonly DateOnly Day0 = new(2025, 1, 1);

    private sealed record Booked(DateOnly Day, long Minor);

    /// <summary>In every state of the sweep, also in the middle of an account, and with postings that come late.</summary>
    [Fact]
    public async Task BalancesAsOfAnyDay_AreThoseOfThePostings_HoweverFarTheSweepIs()
    {
        var random = new Random(20261123);
        var chart = await ledger.NewChartAsync();
        var booked = new List<Booked>();
        for (var round = 0; round < 12; round++)
        {
            for (var i = 0; i < 5; i++)
            {
                // Some come years late, some early.
                var posting = new Booked(Day0.AddDays(random.Next(-700, 400)), random.Next(1, 10_000));
                await PostAsync(posting.Day, (chart.Bank, posting.Minor), (chart.Sales, -posting.Minor));
                booked.Add(posting);
            }

            await SweepAsync(chart.Bank, random.Next(0, 4));
            for (var i = 0; i < 6; i++)
            {
                var day = Day0.AddDays(random.Next(-720, 420));
                var expected = booked.Where(b => b.Day <= day).Sum(b => b.Minor);
                Assert.Equal(expected, await BalanceAsync(chart.Bank, $"asOf={day:yyyy-MM-dd}"));
                Assert.Equal(-expected, await BalanceAsync(chart.Sales, $"asOf={day:yyyy-MM-dd}"));
            }
        }

        Assert.Equal(booked.Sum(b => b.Minor), await BalanceAsync(chart.Bank, "asOf=2999-12-31"));
        Assert.Equal(booked.Sum(b => b.Minor), await BalanceAsync(chart.Bank, ""));
    }

    [Fact]
    public async Task TwoSweepsAtOnce_CountNothingTwice()
    {
        var chart = await ledger.NewChartAsync();
        for (var i = 0; i < 20; i++)
        {
            await PostAsync(Day0.AddDays(i), (chart.Bank, 100), (chart.Sales, -100));
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SweepAsync(chart.Bank, 20)));
        Assert.Equal(1000, await BalanceAsync(chart.Bank, $"asOf={Day0.AddDays(9):yyyy-MM-dd}"));
        Assert.Equal(2000, await BalanceAsync(chart.Bank, "asOf=2999-12-31"));
        Assert.Equal(20, await ledger.CountAsync("SELECT swept_seq FROM ledger_day_marks WHERE account_id = $1", chart.Bank));
    }

    [Fact]
    public async Task BalancesAtALogSize_AreWhatTheLogTellsUpToThere()
    {
        var chart = await ledger.NewChartAsync();
        var positions = new List<long>();
        for (var i = 0; i < 9; i++)
        {
            var answer = await PostAsync(Day0.AddDays(-i), (chart.Bank, 100), (chart.Sales, -100));
            positions.Add(await PositionAsync(answer.Json.GetProperty("eventId").GetGuid()));
        }

        Assert.Equal(0, await BalanceAsync(chart.Bank, "logSize=0"));
        for (var i = 0; i < positions.Count; i++)
        {
            Assert.Equal(i * 100, await BalanceAsync(chart.Bank, $"logSize={positions[i]}"));
            Assert.Equal((i + 1) * 100, await BalanceAsync(chart.Bank, $"logSize={positions[i] + 1}"));
        }

        var trial = (await ledger.Admin.GetAsync($"reports/trial-balance?logSize={positions[4]}")).ExpectOk().Json;
        Assert.Equal(400, Line(trial, chart.Bank));
    }

    [Fact]
    public async Task Reports_AddUp()
    {
        var chart = await ledger.NewChartAsync();
        var rent = await ledger.Admin.OpenAsync("Rent", chart.Unit, "expense");
        await PostAsync(new(2025, 3, 1), (chart.Bank, 1000), (chart.Sales, -1000));
        await PostAsync(new(2025, 6, 1), (rent, 300), (chart.Bank, -300));
        await PostAsync(new(2026, 1, 5), (chart.Bank, 50), (chart.AdaMoney, -50));

        var trial = Total(await OkAsync("reports/trial-balance?asOf=2025-12-31"), chart.Unit);
        Assert.Equal((1000, 1000), (trial.GetProperty("debitMinor").GetInt64(), trial.GetProperty("creditMinor").GetInt64()));
        var year = await OkAsync("reports/income-statement?from=2025-01-01&to=2025-12-31");
        Assert.Equal(700, Total(year, chart.Unit).GetProperty("resultMinor").GetInt64());
        Assert.Equal(-1000, Line(year, chart.Sales));
        Assert.Null(Line(year, chart.Bank));
        Assert.Equal(-300, Total(await OkAsync("reports/income-statement?from=2025-03-02&to=2026-12-31"), chart.Unit).GetProperty("resultMinor").GetInt64());
        var sheet = await OkAsync("reports/balance-sheet?asOf=2026-12-31");
        var total = Total(sheet, chart.Unit);
        Assert.Equal((750, 50, 700), (
            total.GetProperty("assetsMinor").GetInt64(), total.GetProperty("liabilitiesMinor").GetInt64(), total.GetProperty("resultMinor").GetInt64()));
        Assert.Equal(-50, Line(sheet, chart.AdaMoney));
        Assert.Null(Line(sheet, chart.Sales));
    }

    [Fact]
    public async Task Reports_FollowTheChart_AndAddUpItsBranches()
    {
        var chart = await ledger.NewChartAsync();
        var money = (await ledger.Admin.TryOpenAsync(new { name = "Money", unit = chart.Unit, type = "asset", placeholder = true })).ExpectCreated().Id;
        var till = (await ledger.Admin.TryOpenAsync(new { name = "Till", unit = chart.Unit, type = "asset", parentId = money })).ExpectCreated().Id;
        var coins = (await ledger.Admin.TryOpenAsync(new { name = "Coins", unit = chart.Unit, type = "asset", parentId = till })).ExpectCreated().Id;
        await PostAsync(new(2025, 3, 1), (till, 1000), (coins, 30), (chart.Sales, -1030));

        var sheet = await OkAsync("reports/balance-sheet?asOf=2025-12-31");

        var branch = sheet.GetProperty("lines").EnumerateArray()
            .Where(l => new[] { money, till, coins }.Contains(l.GetProperty("accountId").GetGuid()))
            .Select(l => (
                l.GetProperty("accountId").GetGuid(), l.GetProperty("depth").GetInt32(), l.GetProperty("isParent").GetBoolean(),
                l.GetProperty("balanceMinor").GetInt64(), l.GetProperty("normalBranchMinor").GetInt64()));
        Assert.Equal([(money, 0, true, 0, 1030), (till, 1, true, 1000, 1030), (coins, 2, false, 30, 30)], branch);
        Assert.Equal(1030, Total(sheet, chart.Unit).GetProperty("assetsMinor").GetInt64());
    }

    [Fact]
    public async Task AStatement_GoesByEffectiveDate_AcrossPages()
    {
        var chart = await ledger.NewChartAsync();
        foreach (var (day, minor) in new[] { (9, 1L), (3, 2), (3, 4), (20, 8), (1, 16), (5, 32) })
        {
            await PostAsync(new DateOnly(2025, 1, day), (chart.Bank, minor), (chart.Sales, -minor));
        }

        var (lines, cursor) = (new List<(string, long, long)>(), "");
        do
        {
            var page = await OkAsync($"accounts/{chart.Bank}/statement?from=2025-01-02&to=2025-01-10&limit=2{cursor}");
            Assert.Equal((16, 55), (page.GetProperty("openingMinor").GetInt64(), page.GetProperty("closingMinor").GetInt64()));
            lines.AddRange(page.GetProperty("lines").GetProperty("items").EnumerateArray().Select(l => (
                l.GetProperty("effectiveDate").GetString()!, l.GetProperty("amountMinor").GetInt64(), l.GetProperty("balanceMinor").GetInt64())));
            cursor = page.GetProperty("lines").GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        Assert.Equal([("2025-01-03", 2, 18), ("2025-01-03", 4, 22), ("2025-01-05", 32, 54), ("2025-01-09", 1, 55)], lines);
    }

    /// <summary>Which of the two ways is taken depends on how busy an account is; what it says does not.</summary>
    [Fact]
    public async Task AStatement_IsTheSame_ByDaysAndByPostings()
    {
        var random = new Random(20261124);
        var chart = await ledger.NewChartAsync();
        for (var i = 0; i < 30; i++)
        {
            await PostAsync(Day0.AddDays(random.Next(12)), (chart.Bank, 100), (chart.Sales, -300), (chart.Bank, 200));
        }

        await using var connection = await ledger.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var all = await LinesAsync(connection, GetStatement.SelectLines, chart.Bank, 0, 12, (Day0, Guid.Empty, 0), 100);
        Assert.Equal(60, all.Count);
        for (var i = 0; i < 40; i++)
        {
            var (first, last, limit, after) = (random.Next(12), random.Next(12), random.Next(1, 70), all[random.Next(60)]);
            Assert.Equal(
                await LinesAsync(connection, GetStatement.SelectLines, chart.Bank, first, last, after, limit),
                await LinesAsync(connection, GetStatement.SelectLinesOfFew, chart.Bank, first, last, after, limit));
        }
    }

    private static Task<List<(DateOnly Day, Guid Journal, long Line)>> LinesAsync(
        NpgsqlConnection connection, string sql, Guid account, int first, int last, (DateOnly Day, Guid Journal, long Line) after, long limit) =>
        connection.Command(sql, account, Day0.AddDays(first), Day0.AddDays(last), after.Day, after.Journal, after.Line, limit).ListAsync(
            r => (r.GetFieldValue<DateOnly>(0), r.GetGuid(1), r.GetInt64(2)), TestContext.Current.CancellationToken);

    [Fact]
    public async Task AStatement_RefusesACursorThatItNeverGaveOut()
    {
        var chart = await ledger.NewChartAsync();
        await PostAsync(new DateOnly(2025, 1, 9), (chart.Bank, 1), (chart.Sales, -1));
        foreach (var balance in new[] { "79228162514264337593543950335", "-79228162514264337593543950335", "1.5", "" })
        {
            var cursor = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"2025-01-01 {Guid.Empty} 0 {balance}"));
            (await ledger.Admin.GetAsync($"accounts/{chart.Bank}/statement?from=2025-01-02&to=2025-01-10&cursor={cursor}"))
                .ExpectProblem("invalid-field");
        }
    }

    [Fact]
    public async Task AMember_SeesTheCoopsAccounts_AndTheirOwn()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Ada.GetAsync($"accounts/{chart.AdaMoney}/balance?asOf=2025-01-01")).ExpectOk();
        (await ledger.Ada.GetAsync($"accounts/{chart.Bank}/statement?from=2025-01-01&to=2025-01-02")).ExpectOk();
        (await ledger.Ada.GetAsync($"accounts/{chart.BenMoney}/balance")).ExpectProblem("forbidden");
        (await ledger.Ada.GetAsync($"accounts/{chart.BenMoney}/statement?from=2025-01-01&to=2025-01-02")).ExpectProblem("forbidden");
        (await ledger.Ada.GetAsync("reports/trial-balance")).ExpectProblem("forbidden");
        (await ledger.Admin.GetAsync($"accounts/{chart.Bank}/balance?asOf=1899-12-31")).ExpectProblem("invalid-field");
        (await ledger.Admin.GetAsync($"accounts/{chart.Bank}/balance?asOf=2025-01-01&logSize=3")).ExpectProblem("invalid-field");
        (await ledger.Admin.GetAsync($"accounts/{Guid.Empty}/balance")).ExpectProblem("not-found");
    }

    [Fact]
    public async Task Exports_HoldTheBooks()
    {
        var chart = await ledger.NewChartAsync();
        await PostAsync(new(2025, 3, 1), (chart.Bank, 1005), (chart.Sales, -1005));
        var journal = (await ledger.Admin.GetAsync("export/hledger")).ExpectOk();
        using var text = new StringReader(journal.Text);
        var bank = HledgerJournal.Read(text).Balances.Where(b => b.Key.Commodity == chart.Unit).ToDictionary(b => b.Key.Account, b => b.Value);
        Assert.Equal(10.05m, bank.Single(b => b.Key.StartsWith("assets:Bank", StringComparison.Ordinal)).Value);
        Assert.Contains($"id: \"{chart.Bank}\"", (await ledger.Admin.GetAsync("export/beancount")).ExpectOk().Text, StringComparison.Ordinal);
        Assert.Contains($",{chart.Unit},1005,10.05\r\n", (await ledger.Admin.GetAsync("export/csv")).ExpectOk().Text, StringComparison.Ordinal);
        const string Company = "company=Co-op&registration=1&country=DE&city=Kassel&postalCode=34117&contact=Ada";
        (await ledger.Admin.GetAsync($"export/saft?unit={chart.Unit}&from=2025-01-01&to=2025-12-31&{Company}")).ExpectProblem("invalid-field");
        await ledger.Admin.CreateUnitAsync("XTS");
        var (cash, income) = (await ledger.Admin.OpenAsync("Cash", "XTS", "asset"), await ledger.Admin.OpenAsync("Fees", "XTS", "income"));
        await PostAsync(new(2024, 3, 1), (cash, 5), (income, -5));
        await PostAsync(new(2025, 3, 1), (cash, 70), (income, -70));
        var saft = (await ledger.Admin.GetAsync($"export/saft?unit=XTS&from=2025-01-01&to=2025-12-31&{Company}")).ExpectOk().Text;
        Assert.Contains("<OpeningDebitBalance>0.05</OpeningDebitBalance><ClosingDebitBalance>0.75</ClosingDebitBalance>", saft, StringComparison.Ordinal);
        Assert.Contains("<NumberOfEntries>1</NumberOfEntries><TotalDebit>0.70</TotalDebit>", saft, StringComparison.Ordinal);
    }

    private async Task<LedgerAnswer> PostAsync(DateOnly day, params (Guid Account, long Minor)[] postings) =>
        (await ledger.Admin.PostAsync(
            "journals",
            new { memo = "Memo", effectiveDate = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), postings = postings.Select(p => new { accountId = p.Account, amountMinor = p.Minor }) },
            ledger.Admin.NewKey())).ExpectCreated();

    /// <summary>Takes in some of an account's postings, as the background would.</summary>
    private async Task SweepAsync(Guid account, int count)
    {
        var transactions = ledger.Node.Services.GetRequiredService<Transactions>();
        var ct = TestContext.Current.CancellationToken;
        var found = await transactions.ReadAsync((connection, token) => DaySweepStore.FindAsync(connection, 1, 10_000, token), ct);
        var due = found.Where(f => f.Account.Value == account).Select(f => f with { LastSeq = Math.Min(f.LastSeq, f.SweptSeq + count) }).ToList();
        await transactions.MaintainAsync((transaction, token) => DaySweepStore.SweepAsync(transaction, due, token), ct);
    }

    private async Task<long> BalanceAsync(Guid account, string query) =>
        (await OkAsync($"accounts/{account}/balance?{query}")).GetProperty("balanceMinor").GetInt64();

    private async Task<JsonElement> OkAsync(string path) => (await ledger.Admin.GetAsync(path)).ExpectOk().Json;

    private async Task<long> PositionAsync(Guid eventId)
    {
        while (true)
        {
            if (await ledger.CountAsync("SELECT count(*) FROM log_entries WHERE id = $1", eventId) == 1)
            {
                return await ledger.CountAsync("SELECT seq FROM log_entries WHERE id = $1", eventId);
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static JsonElement Total(JsonElement report, string unit) =>
        report.GetProperty("totals").EnumerateArray().Single(t => t.GetProperty("unit").GetString() == unit);

    private static long? Line(JsonElement report, Guid account) => report.GetProperty("lines").EnumerateArray()
        .Where(l => l.GetProperty("accountId").GetGuid() == account).Select(l => (long?)l.GetProperty("balanceMinor").GetInt64()).SingleOrDefault();
}
