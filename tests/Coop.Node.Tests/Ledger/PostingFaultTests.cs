using System.Net;
using Coop.Testing.Faults;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// A journal under faults of the database at every step: it is posted once, and the same key answers
/// what was done.
/// </summary>
public sealed class PostingFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>The look at keys and books, and the last one with COMMIT.</summary>
    private const int GroupsPerPosting = 2;

    private readonly int _seed = Random.Shared.Next();
    private FaultyLedger _ledger = null!;

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _ledger = await FaultyLedger.StartAsync(_seed);
        // Warm, so that the groups of a posting are the same every time.
        (await PostAsync("warm")).ExpectCreated();
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task OneFaultAtAnyStep_IsSurvived_AndTheKeyAnswersTheSame()
    {
        var posted = 1;
        foreach (var fault in FaultyLedger.Faults)
        {
            for (var group = 0; group < GroupsPerPosting; group++)
            {
                var (key, seen) = ($"{fault}-{group}", 0);
                _ledger.Proxy.Decide(g => FaultyLedger.IsPosting(g) && seen++ == group ? fault : Fault.None);
                var answer = (await PostAsync(key)).ExpectCreated();
                Assert.True(seen > group, $"There was no group {group}.");
                _ledger.Proxy.Decide(_ => Fault.None);

                posted++;
                Assert.Equal(answer with { Replayed = true }, (await PostAsync(key)) with { Replayed = true });
                Assert.True((await PostAsync(key)).Replayed);
                await AssertPostedAsync(posted);
            }
        }
    }

    [Fact]
    public async Task ACommitThatArrivesLate_HappensOnce()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ledger.Proxy.Decide(g => FaultyLedger.IsPosting(g) && g.Commits && held.TrySetResult() ? Fault.LostAndDeliveredLate : Fault.None);
        var posting = PostAsync("late");
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);
        await _ledger.Proxy.DeliverLateAsync();

        var answer = (await posting).ExpectCreated();
        Assert.Equal(answer with { Replayed = true }, await PostAsync("late"));
        await AssertPostedAsync(2);
    }

    [Fact]
    public async Task ManySendersUnderRandomFaults_SendingUntilTheyAreAnswered_PostOnceEach()
    {
        const int Senders = 6;
        const int JournalsEach = 8;
        var random = new Random(_seed);
        // Decide is called for one group at a time.
        _ledger.Proxy.Decide(g => FaultyLedger.IsPosting(g) && random.Next(8) == 0 ? FaultyLedger.Faults[random.Next(FaultyLedger.Faults.Count)] : Fault.None);
        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            List<LedgerAnswer> mine = [];
            for (var i = 0; i < JournalsEach; i++)
            {
                mine.Add(await PostUntilAnsweredAsync($"{sender}-{i}"));
            }

            return mine;
        }));
        _ledger.Proxy.Decide(_ => Fault.None);

        Assert.Equal(Senders * JournalsEach, answers.SelectMany(a => a).Select(a => a.Id).Distinct().Count());
        await AssertPostedAsync(1 + (Senders * JournalsEach));
    }

    private Task<LedgerAnswer> PostAsync(string key) => _ledger.Admin.JournalAsync(key, (_ledger.Bank, 1), (_ledger.Sales, -1));

    private async Task<LedgerAnswer> PostUntilAnsweredAsync(string key)
    {
        while (true)
        {
            var answer = await PostAsync(key);
            if (answer.Status == HttpStatusCode.Created)
            {
                return answer;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        }
    }

    private async Task AssertPostedAsync(int count)
    {
        Assert.Equal(count, await _ledger.CountAsync("SELECT balance_minor FROM ledger_balances WHERE account_id = $1", _ledger.Bank));
        Assert.Equal(count, await _ledger.CountAsync("SELECT count(*) FROM ledger_postings WHERE account_id = $1", _ledger.Bank));
        Assert.Equal(count, await _ledger.CountAsync("SELECT count(*) FROM ledger_journals"));
        Assert.Equal(count, await _ledger.CountAsync("SELECT count(*) FROM idempotency_keys"));
        Assert.Equal(count, await _ledger.CountAsync(
            "SELECT count(*) FROM event_payloads e JOIN ledger_journals j ON j.event_id = e.event_id"));
    }
}
