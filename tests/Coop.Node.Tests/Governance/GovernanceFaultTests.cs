using System.Net;
using Coop.Testing;
using Coop.Testing.Faults;

namespace Coop.Node.Tests.Governance;

/// <summary>Votes and the count under faults of the database at every step: each happens once.</summary>
public sealed class GovernanceFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>The statement that decides, and the last one with events and COMMIT.</summary>
    private const int Groups = 2;

    private static readonly Fault[] Injected =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    private readonly int _seed = Random.Shared.Next();
    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private TestNode _node = null!;
    private TestMember _admin = null!;

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"seed {_seed}");
        _database = await TestDatabase.CreateMigratedAsync();
        _proxy = FaultProxy.Start(_database.ConnectionString, _seed);
        _node = await TestNode.StartAsync(
            GovernanceNodes.WithoutClosing, GovernanceNodes.Clock(), _database,
            [$"--COOP_DATABASE={_proxy.ConnectionString}"]);
        _admin = await TestMember.EnrolAdministratorAsync(_node);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _node.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task AVote_UnderOneFaultAtAnyStep_IsCastOnce()
    {
        var id = await _admin.OpenedAsync(_node.Time.GetUtcNow().AddMinutes(1));
        var casts = new List<Guid>();
        foreach (var fault in Injected)
        {
            for (var group = 0; group < Groups; group++)
            {
                var choice = casts.Count % 2 == 0 ? "yes" : "no";
                var seen = Inject(fault, group, "votes");
                var answer = (await _admin.VoteAsync(id, choice)).Succeeds();
                Assert.True(seen() > group, $"There was no group {group}.");
                Assert.Equal(choice, answer.Text("choice"));
                casts.Add(answer.EventId);
            }
        }

        var events = (await Trail.ReadAsync(_node, id)).Where(e => e.Type == "vote.cast");
        Assert.Equal(casts, events.Select(e => e.Id));
    }

    [Fact]
    public async Task ACount_UnderOneFaultAtAnyStep_HappensOnce()
    {
        foreach (var fault in Injected)
        {
            for (var group = 0; group < Groups; group++)
            {
                var closesAt = _node.Time.GetUtcNow().AddMinutes(1);
                var id = await _admin.OpenedAsync(closesAt);
                (await _admin.VoteAsync(id, "yes")).Succeeds();
                _node.Time.SetUtcNow(closesAt);
                var seen = Inject(fault, group, "SET status = 'closed'");
                await Task.WhenAll(_node.CloseDueAsync(), _node.CloseDueAsync());

                Assert.True(seen() > group, $"There was no group {group}.");
                var trail = await Trail.ReadAsync(_node, id);
                Assert.Equal(
                    ["proposal.drafted", "proposal.opened", "vote.cast", "proposal.closed"],
                    trail.Select(e => e.Type));
                Assert.Equal(1, trail[^1].Payload.GetProperty("yes").GetInt64());
            }
        }
    }

    [Fact]
    public async Task ManyVotersUnderRandomFaults_VotingUntilTheyAreAnswered_AreCountedOnce()
    {
        const int Voters = 5;
        const int VotesEach = 8;
        var members = new List<TestMember>();
        while (members.Count < Voters)
        {
            members.Add(await _admin.InviteAsync(_node, $"Member {members.Count}"));
        }

        var closesAt = _node.Time.GetUtcNow().AddMinutes(1);
        var id = await _admin.OpenedAsync(closesAt);
        var random = new Random(_seed);
        _proxy.Decide(g => Concerns(g, "votes") && random.Next(6) == 0
            ? Injected[random.Next(Injected.Length)]
            : Fault.None);
        await Task.WhenAll(members.Select(async member =>
        {
            for (var i = 1; i <= VotesEach; i++)
            {
                await VoteUntilAnsweredAsync(member, id, i % 2 == 0 ? "yes" : "no");
            }
        }));
        _proxy.Decide(_ => Fault.None);
        _node.Time.SetUtcNow(closesAt);
        await _node.CloseDueAsync();

        var trail = await Trail.ReadAsync(_node, id);
        foreach (var member in members)
        {
            Assert.Equal(
                Enumerable.Range(1, VotesEach).Select(i => i % 2 == 0 ? "yes" : "no"),
                trail.Where(e => e.Actor == member.Actor)
                    .Select(e => e.Payload.GetProperty("choice").GetString()));
        }

        Assert.Equal(Voters, trail[^1].Payload.GetProperty("yes").GetInt64());
    }

    private static async Task VoteUntilAnsweredAsync(TestMember member, Guid id, string choice)
    {
        Answer answer;
        do
        {
            answer = await member.VoteAsync(id, choice);
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable);
        }
        while (answer.Status != HttpStatusCode.OK);
    }

    /// <summary>A fault at the n-th group of the write that begins with such a statement.</summary>
    private Func<int> Inject(Fault fault, int group, string statement)
    {
        var seen = 0;
        _proxy.Decide(g => Concerns(g, statement) && seen++ == group ? fault : Fault.None);
        return () => seen;
    }

    /// <summary>Such a statement, or the events of one: nothing else writes while the test does.</summary>
    private static bool Concerns(StatementGroup group, string statement) =>
        group.Statements.Any(s =>
            s.Contains(statement, StringComparison.Ordinal)
            || s.Contains("INSERT INTO event_payloads", StringComparison.Ordinal));
}
