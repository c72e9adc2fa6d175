using System.Net;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class ReversalTests(LedgerNode ledger)
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task PostsTheOpposite_LinkedBothWays()
    {
        var chart = await ledger.NewChartAsync();
        var wrong = (await ledger.Admin.JournalAsync((chart.Bank, 30), (chart.Sales, -20), (chart.AdaMoney, -10))).ExpectCreated();
        var reversal = (await ReverseAsync(wrong.Id)).ExpectCreated();

        Assert.Equal(0, await ledger.Admin.BalanceAsync(chart.Bank));
        Assert.Equal(0, await ledger.Admin.BalanceAsync(chart.AdaMoney));
        var shown = (await ledger.Ada.GetAsync($"journals/{reversal.Id}")).ExpectOk().Json;
        Assert.Equal(wrong.Id, shown.GetProperty("reverses").GetGuid());
        Assert.Equal("R-1", shown.GetProperty("reference").GetString());
        Assert.Equal(Hash, shown.GetProperty("attachments")[0].GetString());
        Assert.Equal([-30, 20, 10], shown.GetProperty("postings").EnumerateArray().Select(p => p.GetProperty("amountMinor").GetInt32()));
        var original = (await ledger.Ada.GetAsync($"journals/{wrong.Id}")).ExpectOk().Json;
        Assert.Equal(reversal.Id, original.GetProperty("reversedBy").GetGuid());
        Assert.True(reversal.Json.GetProperty("number").GetInt64() > wrong.Json.GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task AJournalIsReversedOnce_HoweverManyTryAtOnce()
    {
        var chart = await ledger.NewChartAsync();
        var wrong = (await ledger.Admin.JournalAsync((chart.Bank, 30), (chart.Sales, -30))).ExpectCreated();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReverseAsync(wrong.Id)));

        var done = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a != done), a => a.ExpectProblem("already-reversed"));
        Assert.Equal(0, await ledger.Admin.BalanceAsync(chart.Bank));
        (await ReverseAsync(done.Id)).ExpectCreated();
        Assert.Equal(30, await ledger.Admin.BalanceAsync(chart.Bank));
    }

    [Fact]
    public async Task Refuses_WithoutATrace()
    {
        var chart = await ledger.NewChartAsync();
        var paid = (await ledger.Admin.JournalAsync((chart.Bank, 30), (chart.AdaMoney, -30))).ExpectCreated();
        (await ledger.Ada.JournalAsync((chart.AdaMoney, 30), (chart.BenMoney, -30))).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (await ReverseAsync(paid.Id)).ExpectProblem("below-floor");
        (await ReverseAsync(Guid.AllBitsSet)).ExpectProblem("not-found");
        (await ledger.Ada.PostAsync($"journals/{paid.Id}/reverse", new { effectiveDate = "2026-02-01" }, "k")).ExpectProblem("forbidden");
        (await ledger.Admin.PostAsync($"journals/{paid.Id}/reverse", new { effectiveDate = "2026-02-01" })).ExpectProblem("idempotency-key-missing");
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    private Task<LedgerAnswer> ReverseAsync(Guid journal) => ledger.Admin.PostAsync(
        $"journals/{journal}/reverse",
        new { effectiveDate = "2026-02-01", memo = "Typed twice", reference = "R-1", attachments = new[] { Hash } },
        ledger.Admin.NewKey());
}
