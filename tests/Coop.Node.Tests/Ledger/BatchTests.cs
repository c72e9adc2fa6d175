using System.Text.Json;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class BatchTests(LedgerNode ledger)
{
    [Fact]
    public async Task EachItemHasItsOutcome_AndStandsOnTheOnesBefore()
    {
        var chart = await ledger.NewChartAsync();
        var outcomes = await PostAsync(
            Item("a", false, (chart.AdaMoney, 5), (chart.Bank, -5)),
            Item("b", false, (chart.Bank, 9), (chart.AdaMoney, -9)),
            Item("c", false, (chart.AdaMoney, 5), (chart.Bank, -5)),
            Item("d", false, (chart.Bank, 1), (chart.Sales, -2)),
            Item("e", false, (chart.Bank, 1)));

        Assert.Equal(["below-floor", "posted", "posted", "journal-unbalanced", "too-few-postings"], outcomes);
        Assert.Equal(4, await ledger.Admin.BalanceAsync(chart.Bank));
    }

    [Fact]
    public async Task LinkedItems_StandOrFallTogether()
    {
        var chart = await ledger.NewChartAsync();
        var before = await ledger.FootprintAsync();
        Assert.Equal(
            ["linked-failed", "linked-failed", "below-floor", "linked-failed"],
            await PostAsync(
                Item("a", true, (chart.Bank, 3), (chart.AdaMoney, -3)),
                Item("b", true, (chart.AdaMoney, 2), (chart.BenMoney, -2)),
                Item("c", true, (chart.AdaMoney, 2), (chart.BenMoney, -2)),
                Item("d", false, (chart.Bank, 3), (chart.AdaMoney, -3))));
        Assert.Equal(before, await ledger.FootprintAsync());

        Assert.Equal(
            ["linked-failed", "link-open"],
            await PostAsync(
                Item("a", true, (chart.Bank, 3), (chart.AdaMoney, -3)),
                Item("b", true, (chart.AdaMoney, 2), (chart.BenMoney, -2))));
        Assert.Equal(before, await ledger.FootprintAsync());
        Assert.Equal(
            ["linked-failed", "zero-amount", "posted", "posted"],
            await PostAsync(
                Item("a", true, (chart.Bank, 3), (chart.AdaMoney, -3)),
                Item("b", false, (chart.AdaMoney, 0), (chart.BenMoney, 0)),
                Item("c", true, (chart.Bank, 3), (chart.AdaMoney, -3)),
                Item("d", false, (chart.AdaMoney, 3), (chart.BenMoney, -3))));
        Assert.Equal(-3, await ledger.Admin.BalanceAsync(chart.BenMoney));
        Assert.Equal(0, await ledger.Admin.BalanceAsync(chart.AdaMoney));
    }

    [Fact]
    public async Task AnItem_IsTheSameRequestAsItsJournalAlone()
    {
        var chart = await ledger.NewChartAsync();
        var (first, second) = (ledger.Admin.NewKey(), ledger.Admin.NewKey());
        var alone = (await ledger.Admin.JournalAsync(first, (chart.Bank, 4), (chart.Sales, -4))).ExpectCreated();
        var answer = await AnswerAsync(
            WithKey(first, (chart.Bank, 4), (chart.Sales, -4)),
            WithKey(second, (chart.Bank, 5), (chart.Sales, -5)),
            WithKey(second, (chart.Bank, 5), (chart.Sales, -5)),
            WithKey(second, (chart.Bank, 6), (chart.Sales, -6)));

        Assert.Equal(["posted", "posted", "posted", "idempotency-key-reused"], Outcomes(answer));
        Assert.Equal([true, false, true, false], answer.Select(i => i.GetProperty("replayed").GetBoolean()));
        Assert.Equal(alone.Id, answer[0].GetProperty("journal").GetProperty("id").GetGuid());
        Assert.Equal(9, await ledger.Admin.BalanceAsync(chart.Bank));
        var again = await ledger.Admin.JournalAsync(second, (chart.Bank, 5), (chart.Sales, -5));
        Assert.True(again.Replayed);
        Assert.Equal(answer[1].GetProperty("journal").GetProperty("id").GetGuid(), again.Id);
    }

    [Fact]
    public async Task AMemberPays_AndPostsNothingElse()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -10))).ExpectCreated();
        var answer = (await ledger.Ada.PostAsync("journals/batch", new
        {
            items = new[]
            {
                WithKey(ledger.Ada.NewKey(), (chart.AdaMoney, 6), (chart.BenMoney, -6)),
                WithKey(ledger.Ada.NewKey(), (chart.BenMoney, 6), (chart.AdaMoney, -6)),
                WithKey(ledger.Ada.NewKey(), (chart.AdaMoney, 6), (chart.BenMoney, -6)),
            },
        })).ExpectOk();
        Assert.Equal(["posted", "not-a-payment", "below-floor"], Outcomes(answer.Json));
    }

    [Fact]
    public async Task Refuses_AMalformedBatch_AsAWhole()
    {
        var chart = await ledger.NewChartAsync();
        var good = Item("g", false, (chart.Bank, 1), (chart.Sales, -1));
        var before = await ledger.FootprintAsync();
        (string Problem, object Body)[] bad =
        [
            ("invalid-field", new { items = Array.Empty<object>() }),
            ("invalid-field", new { items = Enumerable.Repeat(good, 501) }),
            ("invalid-field", new { items = new object?[] { good, null } }),
            ("idempotency-key-invalid", new { items = new[] { good, WithKey("two words", (chart.Bank, 1), (chart.Sales, -1)) } }),
            ("invalid-field", new { items = new object[] { good, new { key = "k", journal = new { effectiveDate = "1800-01-01", postings = Array.Empty<object>() } } } }),
            ("invalid-field", new { items = new object[] { good, new { key = "k", journal = new { effectiveDate = "2026-01-31", attachments = new[] { "AB" }, postings = Array.Empty<object>() } } } }),
            ("malformed-json", new { items = new object[] { good, new { key = "k" } } }),
        ];
        foreach (var (problem, body) in bad)
        {
            (await ledger.Admin.PostAsync("journals/batch", body)).ExpectProblem(problem);
        }

        Assert.Equal(before, await ledger.FootprintAsync());
    }

    private object Item(string name, bool linked, params (Guid Account, long Minor)[] postings) =>
        new { key = $"{name}-{ledger.Admin.NewKey()}", journal = LedgerClient.Journal(postings), linked };

    private static object WithKey(string key, params (Guid Account, long Minor)[] postings) =>
        new { key, journal = LedgerClient.Journal(postings) };

    private async Task<IEnumerable<string>> PostAsync(params object[] items) => Outcomes(await AnswerAsync(items));

    private async Task<List<JsonElement>> AnswerAsync(params object[] items) =>
        [.. (await ledger.Admin.PostAsync("journals/batch", new { items })).ExpectOk().Json.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string> Outcomes(JsonElement answer) => Outcomes([.. answer.GetProperty("items").EnumerateArray()]);

    private static IEnumerable<string> Outcomes(List<JsonElement> items) =>
        items.Select(i => i.GetProperty("outcome").GetString()!);
}
