using System.Net;
using Coop.Testing;
using Coop.Testing.Faults;
using Npgsql;

namespace Coop.Node.Tests.Ledger;

/// <summary>
/// A journal under faults of the database at every step: it is posted once, and the same key answers
/// what was done.
/// </summary>
public sealed class PostingFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>The look at keys and books, and the last one with COMMIT.</summary>
    private const int GroupsPerPosting = 2;

    private static readonly Fault[] Injected =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    private readonly int _seed = Random.Shared.Next();
    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private TestNode _node = null!;
    private LedgerClient _admin = null!;
    private NpgsqlDataSource _direct = null!;
    private Guid _bank;
    private Guid _sales;

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _database = await TestDatabase.CreateMigratedAsync();
        _proxy = FaultProxy.Start(_database.ConnectionString, _seed);
        _direct = NpgsqlDataSource.Create(_database.ConnectionString);
        _node = await TestNode.StartAsync(
            database: _database, arguments: [$"--COOP_DATABASE={_proxy.ConnectionString}"]);
        _admin = new(await TestMember.EnrolAdministratorAsync(_node));
        (await _admin.CreateUnitAsync("EUR")).ExpectCreated();
        _bank = await _admin.OpenAsync("Bank", "EUR", "asset");
        _sales = await _admin.OpenAsync("Sales", "EUR", "income");
        // Warm, so that the groups of a posting are the same every time.
        (await PostAsync("warm")).ExpectCreated();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _node.DisposeAsync();
        await _direct.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task OneFaultAtAnyStep_IsSurvived_AndTheKeyAnswersTheSame()
    {
        var posted = 1;
        foreach (var fault in Injected)
        {
            for (var group = 0; group < GroupsPerPosting; group++)
            {
                var (key, seen) = ($"{fault}-{group}", 0);
                _proxy.Decide(g => IsPosting(g) && seen++ == group ? fault : Fault.None);
                var answer = (await PostAsync(key)).ExpectCreated();
                Assert.True(seen > group, $"There was no group {group}.");
                _proxy.Decide(_ => Fault.None);

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
        _proxy.Decide(g => IsPosting(g) && g.Commits && held.TrySetResult() ? Fault.LostAndDeliveredLate : Fault.None);
        var posting = PostAsync("late");
        await held.Task.WaitAsync(TestContext.Current.CancellationToken);
        await _proxy.DeliverLateAsync();

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
        _proxy.Decide(g => IsPosting(g) && random.Next(8) == 0 ? Injected[random.Next(Injected.Length)] : Fault.None);
        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
        {
            List<LedgerAnswer> mine = [];
            for (var i = 0; i < JournalsEach; i++)
            {
                mine.Add(await PostUntilAnsweredAsync($"{sender}-{i}"));
            }

            return mine;
        }));
        _proxy.Decide(_ => Fault.None);

        Assert.Equal(Senders * JournalsEach, answers.SelectMany(a => a).Select(a => a.Id).Distinct().Count());
        await AssertPostedAsync(1 + (Senders * JournalsEach));
    }

    private static bool IsPosting(StatementGroup group) => group.Statements.Any(s =>
        s.Contains("ledger_", StringComparison.Ordinal) || s.Contains("idempotency_keys", StringComparison.Ordinal));

    private Task<LedgerAnswer> PostAsync(string key) => _admin.JournalAsync(key, (_bank, 1), (_sales, -1));

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
        Assert.Equal(count, await CountAsync("SELECT balance_minor FROM ledger_balances WHERE account_id = $1", _bank));
        Assert.Equal(count, await CountAsync("SELECT count(*) FROM ledger_postings WHERE account_id = $1", _bank));
        Assert.Equal(count, await CountAsync("SELECT count(*) FROM ledger_journals"));
        Assert.Equal(count, await CountAsync("SELECT count(*) FROM idempotency_keys"));
        Assert.Equal(count, await CountAsync(
            "SELECT count(*) FROM event_payloads e JOIN ledger_journals j ON j.event_id = e.event_id"));
    }

    private async Task<long> CountAsync(string sql, params object[] values)
    {
        await using var command = _direct.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
