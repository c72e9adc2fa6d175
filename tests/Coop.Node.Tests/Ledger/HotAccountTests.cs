using System.Net;

namespace Coop.Node.Tests.Ledger;

/// <summary>Everybody posts on the same two accounts at once.</summary>
[Collection(LedgerNode.Name)]
public sealed class HotAccountTests(LedgerNode ledger)
{
    [Fact]
    public async Task JournalsAtOnceOnTheSameAccounts_AreEachPostedOnce()
    {
        const int Senders = 24;
        const int JournalsEach = 4;
        var chart = await ledger.NewChartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            var mine = new List<Guid>();
            for (var i = 0; i < JournalsEach; i++)
            {
                mine.Add(await PostAsync(ledger.Admin.NewKey(), chart));
            }

            return mine;
        }));

        const int Posted = Senders * JournalsEach;
        Assert.Equal(Posted, answers.SelectMany(a => a).Distinct().Count());
        Assert.Equal(Posted, await ledger.Admin.BalanceAsync(chart.Bank));
        var history = await AccountTests.ListAsync(ledger.Admin, $"accounts/{chart.Bank}/postings?limit=200");
        Assert.Equal(
            Enumerable.Range(1, Posted).Reverse().Select(n => (long)n),
            history.Select(h => h.GetProperty("balanceMinor").GetInt64()));
    }

    /// <summary>A node under such load may say busy on a slow machine; then the same is sent again.</summary>
    private async Task<Guid> PostAsync(string key, LedgerNode.Chart chart)
    {
        while (true)
        {
            var answer = await ledger.Admin.JournalAsync(key, (chart.Bank, 1), (chart.Sales, -1));
            if (answer.Status == HttpStatusCode.Created)
            {
                return answer.Id;
            }

            answer.ExpectProblem("busy");
        }
    }
}
