using System.Net;

namespace Coop.Node.Tests.Ledger;

[Collection(LedgerNode.Name)]
public sealed class IdempotencyTests(LedgerNode ledger)
{
    [Fact]
    public async Task TheSameRequestAgain_AnswersTheSame_AndDoesNothing()
    {
        var chart = await ledger.NewChartAsync();
        var key = ledger.Admin.NewKey();
        var first = (await ledger.Admin.JournalAsync(key, (chart.Bank, 7), (chart.Sales, -7))).ExpectCreated();
        var before = await ledger.FootprintAsync();

        for (var i = 0; i < 3; i++)
        {
            var again = await ledger.Admin.JournalAsync(key, (chart.Bank, 7), (chart.Sales, -7));
            Assert.Equal(first with { Replayed = true }, again);
        }

        Assert.False(first.Replayed);
        Assert.Equal(before, await ledger.FootprintAsync());
        Assert.Equal(7, await ledger.Admin.BalanceAsync(chart.Bank));
    }

    [Fact]
    public async Task HowTheJsonIsWritten_MakesNoOtherRequest()
    {
        var chart = await ledger.NewChartAsync();
        var key = ledger.Admin.NewKey();
        var first = (await ledger.Admin.PostAsync("journals", Body(), key)).ExpectCreated();
        var again = await ledger.Admin.PostAsync(
            "journals",
            $$"""
             { "postings" : [ {"amountMinor":9, "accountId":"{{chart.Bank}}"},
                 {"amountMinor":-9, "accountId":"{{chart.Sales}}"} ],
               "effectiveDate":"2026-01-3\u0031", "memo":"" }
            """,
            key);
        Assert.Equal(first with { Replayed = true }, again);

        string Body() => $$"""
            {"effectiveDate":"2026-01-31","postings":[{"accountId":"{{chart.Bank}}","amountMinor":9},{"accountId":"{{chart.Sales}}","amountMinor":-9}]}
            """;
    }

    [Fact]
    public async Task Refuses_TheKeyForAnotherRequest()
    {
        var chart = await ledger.NewChartAsync();
        var key = ledger.Admin.NewKey();
        (await ledger.Admin.JournalAsync(key, (chart.Bank, 7), (chart.Sales, -7))).ExpectCreated();
        var before = await ledger.FootprintAsync();

        (await ledger.Admin.JournalAsync(key, (chart.Bank, 8), (chart.Sales, -8)))
            .ExpectProblem("idempotency-key-reused");
        (await ledger.Admin.JournalAsync(key, (chart.Sales, -7), (chart.Bank, 7)))
            .ExpectProblem("idempotency-key-reused");
        Assert.Equal(before, await ledger.FootprintAsync());
    }

    [Fact]
    public async Task TellsAmountsApart_ThatADoubleWouldNot()
    {
        const long Large = 1L << 53;
        var chart = await ledger.NewChartAsync();
        var key = ledger.Admin.NewKey();
        (await ledger.Admin.JournalAsync(key, (chart.Bank, Large), (chart.Sales, -Large))).ExpectCreated();
        (await ledger.Admin.JournalAsync(key, (chart.Bank, Large + 1), (chart.Sales, -Large - 1)))
            .ExpectProblem("idempotency-key-reused");
    }

    [Fact]
    public async Task EveryMember_HasKeysOfTheirOwn()
    {
        var chart = await ledger.NewChartAsync();
        (await ledger.Admin.JournalAsync((chart.Bank, 10), (chart.AdaMoney, -5), (chart.BenMoney, -5))).ExpectCreated();
        var key = $"shared-{chart.Unit}";
        var ada = (await ledger.Ada.JournalAsync(key, (chart.AdaMoney, 1), (chart.BenMoney, -1))).ExpectCreated();
        var ben = (await ledger.Ben.JournalAsync(key, (chart.BenMoney, 2), (chart.AdaMoney, -2))).ExpectCreated();
        Assert.NotEqual(ada.Id, ben.Id);
        Assert.False(ben.Replayed);
    }

    [Fact]
    public async Task ARefusedRequest_LeavesItsKeyFree()
    {
        var chart = await ledger.NewChartAsync();
        var key = ledger.Ada.NewKey();
        (await ledger.Ada.JournalAsync(key, (chart.AdaMoney, 5), (chart.BenMoney, -5))).ExpectProblem("below-floor");
        (await ledger.Admin.JournalAsync((chart.Bank, 5), (chart.AdaMoney, -5))).ExpectCreated();
        Assert.False((await ledger.Ada.JournalAsync(key, (chart.AdaMoney, 5), (chart.BenMoney, -5))).ExpectCreated().Replayed);
        Assert.True((await ledger.Ada.JournalAsync(key, (chart.AdaMoney, 5), (chart.BenMoney, -5))).ExpectCreated().Replayed);
    }

    [Fact]
    public async Task OfRequestsThatComeAtOnce_OneHasTheEffect()
    {
        var chart = await ledger.NewChartAsync();
        for (var round = 1; round <= 5; round++)
        {
            var key = ledger.Admin.NewKey();
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
                _ => ledger.Admin.JournalAsync(key, (chart.Bank, 3), (chart.Sales, -3))));

            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
            Assert.Single(answers.Select(a => a.Text).Distinct());
            Assert.Single(answers, a => !a.Replayed);
            Assert.Equal(3 * round, await ledger.Admin.BalanceAsync(chart.Bank));
        }
    }

    [Fact]
    public async Task OfOtherRequestsThatComeAtOnce_OneHasTheKey()
    {
        var chart = await ledger.NewChartAsync();
        var key = ledger.Admin.NewKey();
        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(
            n => ledger.Admin.JournalAsync(key, (chart.Bank, n), (chart.Sales, -n))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => a.ExpectProblem("idempotency-key-reused"));
    }

    [Fact]
    public async Task Refuses_WithoutAKeyOrWithABadOne()
    {
        var chart = await ledger.NewChartAsync();
        var body = LedgerClient.Journal((chart.Bank, 1), (chart.Sales, -1));
        var before = await ledger.FootprintAsync();
        (await ledger.Admin.PostAsync("journals", body)).ExpectProblem("idempotency-key-missing");
        (await ledger.Admin.PostAsync("journals", body, "")).ExpectProblem("idempotency-key-missing");
        (await ledger.Admin.PostAsync("journals", body, new string('k', 201))).ExpectProblem("idempotency-key-invalid");
        (await ledger.Admin.PostAsync("journals", body, "two words")).ExpectProblem("idempotency-key-invalid");
        Assert.Equal(before, await ledger.FootprintAsync());

        (await ledger.Admin.PostAsync("journals", body, new string('~', 200))).ExpectCreated();
    }
}
