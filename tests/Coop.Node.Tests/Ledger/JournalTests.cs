namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class JournalTests(LedgerNode ledger)
{
    [Fact]
    public async Task PostsAJournal_WithItsEvent_AndShowsItToAllMembers()
    {
        var chart = await ledger.NewChartAsync();
        var answer = (await ledger.Admin.PostAsync(
            "journals",
            new
            {
                memo = "  Takings\r\nof Monday ",
                effectiveDate = "2026-02-28",
                postings = new[]
                {
                    new { accountId = chart.Bank, amountMinor = 100_00 },
                    new { accountId = chart.Sales, amountMinor = -60_00 },
                    new { accountId = chart.AdaMoney, amountMinor = -40_00 },
                },
            },
            ledger.Admin.NewKey())).ExpectCreated();

        Assert.Equal($"/api/ledger/journals/{answer.Id}", answer.Location);
        Assert.False(answer.Replayed);
        var journal = (await ledger.Ben.GetAsync($"journals/{answer.Id}")).ExpectOk().Json;
        Assert.Equal("Takings\nof Monday", journal.GetProperty("memo").GetString());
        Assert.Equal("2026-02-28", journal.GetProperty("effectiveDate").GetString());
        // The database keeps microseconds.
        Assert.Equal(
            answer.Json.GetProperty("bookedAt").GetDateTimeOffset(),
            journal.GetProperty("bookedAt").GetDateTimeOffset(),
            TimeSpan.FromMicroseconds(1));
        Assert.Equal(ledger.Admin.Member.Id, journal.GetProperty("bookedBy").GetProperty("id").GetGuid());
        Assert.Equal(
            [(chart.Bank, "Bank", 100_00), (chart.Sales, "Sales", -60_00), (chart.AdaMoney, "Ada's money", -40_00)],
            journal.GetProperty("postings").EnumerateArray().Select(p => (
                p.GetProperty("accountId").GetGuid(),
                p.GetProperty("accountName").GetString()!,
                p.GetProperty("amountMinor").GetInt32())));
        Assert.Equal(100_00, await ledger.Admin.BalanceAsync(chart.Bank));
        Assert.Equal(answer.Json.GetProperty("eventId").GetGuid(), journal.GetProperty("eventId").GetGuid());
        await AssertEventAsync(answer, chart);
    }

    private async Task AssertEventAsync(LedgerAnswer answer, LedgerNode.Chart chart)
    {
        var payload = $$"""
            {"attachments":[],"effectiveDate":"2026-02-28","journalId":"{{answer.Id}}","memo":"Takings\nof Monday","number":"{{answer.Json.GetProperty("number").GetInt64()}}","postings":[{"accountId":"{{chart.Bank}}","amountMinor":"10000"},{"accountId":"{{chart.Sales}}","amountMinor":"-6000"},{"accountId":"{{chart.AdaMoney}}","amountMinor":"-4000"}],"reference":null,"reverses":null}
            """;
        Assert.Equal(1, await ledger.CountAsync(
            "SELECT count(*) FROM event_payloads WHERE event_id = $1 AND visibility = 'members' AND payload = $2",
            answer.Json.GetProperty("eventId").GetGuid(),
            payload));
    }

    [Fact]
    public async Task PostsInSeveralUnits()
    {
        var (money, hours) = (await ledger.NewChartAsync(), await ledger.NewChartAsync());
        var answer = (await ledger.Admin.JournalAsync(
            (money.Bank, 5), (hours.Bank, 7), (money.Sales, -5), (hours.Sales, -7))).ExpectCreated();

        var journal = (await ledger.Ada.GetAsync($"journals/{answer.Id}")).ExpectOk().Json;
        Assert.Equal(
            [money.Unit, money.Unit, hours.Unit, hours.Unit],
            journal.GetProperty("postings").EnumerateArray().Select(p => p.GetProperty("unit").GetString()));
    }

    [Fact]
    public async Task ListsJournals_NewestFirst_PageByPage()
    {
        var chart = await ledger.NewChartAsync();
        var posted = new List<Guid>();
        for (var i = 1; i <= 5; i++)
        {
            posted.Insert(0, (await ledger.Admin.JournalAsync((chart.Bank, i), (chart.Sales, -i))).ExpectCreated().Id);
        }

        var listed = await AccountTests.ListAsync(ledger.Ada, "journals?limit=2");
        Assert.Equal(posted, listed.Select(j => j.GetProperty("id").GetGuid()).Where(posted.Contains));
        Assert.All(listed, j => Assert.True(j.GetProperty("postings").GetArrayLength() >= 2));
    }

    [Fact]
    public async Task ShowsTheHistoryOfAnAccount_WithItsRunningBalance()
    {
        var chart = await ledger.NewChartAsync();
        for (var i = 1; i <= 5; i++)
        {
            (await ledger.Admin.JournalAsync((chart.Bank, i), (chart.AdaMoney, -i))).ExpectCreated();
        }

        var history = await AccountTests.ListAsync(ledger.Ada, $"accounts/{chart.AdaMoney}/postings?limit=2");
        Assert.Equal([5, 4, 3, 2, 1], history.Select(h => h.GetProperty("seq").GetInt64()));
        Assert.Equal([-5, -4, -3, -2, -1], history.Select(h => h.GetProperty("amountMinor").GetInt64()));
        Assert.Equal([-15, -10, -6, -3, -1], history.Select(h => h.GetProperty("balanceMinor").GetInt64()));
        (await ledger.Ada.GetAsync($"accounts/{chart.AdaMoney}/postings?cursor=LTE")).ExpectProblem("invalid-field");
    }

    [Fact]
    public async Task AMemberPays_AndNoMoreThanTheyHave()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 100), (chart.AdaMoney, -100))).ExpectCreated();
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 60), (chart.BenMoney, -60))).ExpectCreated();

        var before = await ledger.FootprintAsync();
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 41), (chart.BenMoney, -41))).ExpectProblem("below-floor");
        (await ledger.Ada.JournalAsync((chart.BenMoney, 1), (chart.AdaMoney, -1))).ExpectProblem("not-a-payment");
        (await ledger.Ada.JournalAsync((chart.Bank, 1), (chart.AdaMoney, -1))).ExpectProblem("not-a-payment");
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 1), (chart.Bank, -1))).ExpectProblem("not-a-payment");
        Assert.Equal(before, await ledger.FootprintAsync());
        Assert.Equal(-40, await ledger.Ada.BalanceAsync(chart.AdaMoney));
        Assert.Equal(-60, await ledger.Ben.BalanceAsync(chart.BenMoney));
    }

    [Fact]
    public async Task Refuses_EveryFault_WithoutATrace()
    {
        var (chart, other) = (await ledger.NewChartAsync(), await ledger.NewChartAsync());
        (await ledger.Admin.JournalAsync((chart.Bank, long.MaxValue), (chart.Sales, -long.MaxValue))).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (string Problem, (Guid, long)[] Postings)[] bad =
        [
            ("too-few-postings", []),
            ("too-few-postings", [(chart.Bank, 1)]),
            ("too-many-postings", [.. Enumerable.Range(0, 1001).Select(i => (chart.Bank, i % 2 == 0 ? 1L : -1L))]),
            ("zero-amount", [(chart.Bank, 0), (chart.Sales, 0)]),
            ("unknown-account", [(chart.Bank, 1), (Guid.AllBitsSet, -1)]),
            ("amount-overflow", [(other.Bank, long.MaxValue), (other.Bank, 1), (other.Sales, -1)]),
            ("amount-overflow", [(other.Bank, 1), (other.Sales, long.MinValue)]),
            ("journal-unbalanced", [(chart.Bank, 100), (chart.Sales, -99)]),
            ("journal-unbalanced", [(chart.Bank, 100), (other.Sales, -100)]),
            ("balance-overflow", [(chart.Bank, 1), (chart.Sales, -1)]),
            ("below-floor", [(other.AdaMoney, 1), (other.Bank, -1)]),
        ];
        foreach (var (problem, postings) in bad)
        {
            (await ledger.Admin.JournalAsync(postings)).ExpectProblem(problem);
        }

        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Theory]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"A","amountMinor":9223372036854775808},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"A","amountMinor":1.5},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"A","amountMinor":"1"},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"A"},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"bank","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[null,null]}""", "invalid-field")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":null}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-02-30","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"31.1.2026","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"1899-12-31","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "invalid-field")]
    [InlineData("""{"effectiveDate":"3000-01-01","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "invalid-field")]
    [InlineData("""{"effectiveDate":"2026-01-31","memo":"\u0000","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "invalid-field")]
    [InlineData("""{"effectiveDate":"2026-01-31","bookedAt":"2026-01-31","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]}""", "malformed-json")]
    [InlineData("""{"effectiveDate":"2026-01-31","postings":[{"accountId":"A","amountMinor":1},{"accountId":"B","amountMinor":-1}]""", "malformed-json")]
    public async Task Refuses_AMalformedJournal_WithoutATrace(string body, string problem)
    {
        var chart = await ledger.NewChartAsync();
        var before = await ledger.FootprintAsync();
        var json = body
            .Replace("\"A\"", $"\"{chart.Bank}\"", StringComparison.Ordinal)
            .Replace("\"B\"", $"\"{chart.Sales}\"", StringComparison.Ordinal);
        (await ledger.Admin.PostAsync("journals", json, ledger.Admin.NewKey())).ExpectProblem(problem);
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task TakesAMemoOf500Characters_AndNoMore()
    {
        var chart = await ledger.NewChartAsync();
        (await PostMemoAsync(chart, new string('m', 500))).ExpectCreated();
        (await PostMemoAsync(chart, new string('m', 501))).ExpectProblem("invalid-field");
    }

    [Fact]
    public async Task Refuses_WhatIsNotThere()
    {
        (await ledger.Ada.GetAsync($"journals/{Guid.AllBitsSet}")).ExpectProblem("not-found");
        (await ledger.Ada.GetAsync("journals?cursor=%20")).ExpectProblem("invalid-field");
    }

    private Task<LedgerAnswer> PostMemoAsync(LedgerNode.Chart chart, string memo) => ledger.Admin.PostAsync(
        "journals",
        new
        {
            memo,
            effectiveDate = "2026-01-31",
            postings = new[]
            {
                new { accountId = chart.Bank, amountMinor = 1 },
                new { accountId = chart.Sales, amountMinor = -1 },
            },
        },
        ledger.Admin.NewKey());
}
