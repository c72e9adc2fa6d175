using System.Globalization;
using System.Text.Json;
using Coop.Node.Tests.Governance;
using Coop.Node.Tests.Ledger;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Coop.Testing.Faults;

namespace Coop.Node.Tests.Simulation;

/// <summary>
/// Members of one co-op on two replicas of its node do random things at once, while the database fails
/// at random; afterwards the log must tell, as one possible history, all that they were told.
/// </summary>
/// <remarks>
/// <c>COOP_SIMULATION_SEED</c> repeats a run as far as threads allow, <c>COOP_SIMULATION_STEPS</c> makes
/// it longer.
/// </remarks>
public sealed class SimulationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Members = 6;
    private const int OneFaultIn = 25;

    private static readonly Fault[] Injected =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    private readonly int _seed = Setting("COOP_SIMULATION_SEED", Random.Shared.Next());
    private readonly int _steps = Setting("COOP_SIMULATION_STEPS", 40);
    private World _world = null!;
    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private TestNode _one = null!;
    private TestNode _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        output.WriteLine($"COOP_SIMULATION_SEED={_seed} COOP_SIMULATION_STEPS={_steps}");
        _world = new World(GovernanceNodes.Clock());
        _database = await TestDatabase.CreateMigratedAsync();
        _proxy = FaultProxy.Start(_database.ConnectionString, _seed);
        var database = $"--COOP_DATABASE={_proxy.ConnectionString}";
        _one = await TestNode.StartAsync(null, _world.Time, _database, [database]);
        Join(await TestMember.EnrolAdministratorAsync(_one));
        _two = await TestNode.StartAsync(null, _world.Time, _database, [database], keysFrom: _one.DataFolder);
        while (_world.Members.Count < Members)
        {
            var count = _world.Members.Count;
            Join(await _world.Admin.InviteAsync(count % 2 == 0 ? _one : _two, $"Member {count}"));
        }

        await OpenBooksAsync();
        foreach (var member in _world.Members)
        {
            // Everybody has a token before the faults begin; it lasts longer than the simulation.
            (await member.Member.GetAsync("/api/me")).Succeeds();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task TheLogTellsAllThatMembersWereTold_AndNothingElse()
    {
        await RunAsync();
        await CountEverythingAsync();
        await TestLog.EventuallyAsync(async () => await UnsequencedAsync() == 0);

        var log = await Trail.ReadAsync(_one);
        output.WriteLine($"{_world.Diary.Acknowledged.Count} events acknowledged, "
            + $"{_world.Diary.Refused} actions refused, {_world.Diary.Unknown.Count} of unknown outcome.");
        Assert.NotEmpty(_world.Diary.Acknowledged);
        _world.Diary.Check(log, World.Types);
        var model = new ModelCoop();
        log.ForEach(model.Apply);
        await CompareProposalsAsync(model);
        await CompareAnnouncementsAsync(model);
        Assert.Equal(100L * model.Journals, await BalanceAsync(_world.Bank));
        Assert.Equal(-100L * model.Journals, await BalanceAsync(_world.Sales));
        await TestLog.EventuallyAsync(async () =>
            (await TestLog.CheckpointAsync(_two)).Size == log.Count);
        var published = await TestLog.VerifyAsync(_two);
        Assert.Equal(log.Select(e => e.Id), published.Select(e => e.Id));
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;

    private void Join(TestMember member) => _world.Members.Add(
        new SimulatedMember(member, _world, new Random(_seed + _world.Members.Count)));

    private async Task OpenBooksAsync()
    {
        // Its members are the world's, which disposes of none.
        var ledger = new LedgerClient(_world.Admin);
        (await ledger.CreateUnitAsync("EUR")).ExpectCreated();
        _world.Bank = await ledger.OpenAsync("Bank", "EUR", "asset");
        _world.Sales = await ledger.OpenAsync("Sales", "EUR", "income");
    }

    private async Task RunAsync()
    {
        var random = new Random(_seed);
        _proxy.Decide(_ => random.Next(OneFaultIn) == 0
            ? Injected[random.Next(Injected.Length)]
            : Fault.None);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var clock = RunClockAsync(done.Token);
        await Task.WhenAll(_world.Members.Select(member => Task.Run(async () =>
        {
            for (var i = 0; i < _steps; i++)
            {
                await member.ActAsync();
            }
        })));
        await done.CancelAsync();
        await clock;
        _proxy.Decide(_ => Fault.None);
    }

    /// <summary>Lets closing times come about while members vote, and less time than a token lasts.</summary>
    private async Task RunClockAsync(CancellationToken ct)
    {
        var limit = _world.Time.GetUtcNow().AddMinutes(4);
        try
        {
            while (_world.Time.GetUtcNow() < limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
                _world.Time.Advance(TimeSpan.FromMilliseconds(500));
            }
        }
        catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
        {
            // The members are through.
        }
    }

    private async Task CountEverythingAsync()
    {
        _world.Time.Advance(TimeSpan.FromSeconds(15));
        await _one.CloseDueAsync();
        Assert.Empty(await _world.Admin.ListAsync("/api/proposals?status=open", 200));
    }

    private async Task<long> UnsequencedAsync()
    {
        await using var connection = new Npgsql.NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM log_intake", connection);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task CompareProposalsAsync(ModelCoop model)
    {
        var all = await _world.Admin.ListAsync("/api/proposals", 50);
        Assert.Equal(
            model.Proposals.Keys.ToHashSet(),
            all.Select(p => p.GetProperty("id").GetGuid()).ToHashSet());
        Assert.Equal(model.Proposals.Count, all.Count);
        foreach (var seen in all)
        {
            Compare(model.Proposals[seen.GetProperty("id").GetGuid()], seen);
        }

        foreach (var member in _world.Members.Select(m => m.Member))
        {
            foreach (var seen in await member.ListAsync("/api/proposals?status=closed", 50))
            {
                var expected = model.Proposals[seen.GetProperty("id").GetGuid()];
                Assert.Equal(
                    expected.Votes.GetValueOrDefault(member.Actor),
                    seen.GetProperty("myVote").GetString());
            }
        }
    }

    private static void Compare(ModelProposal expected, JsonElement seen)
    {
        Assert.Equal(expected.Status, seen.GetProperty("status").GetString());
        Assert.Equal(expected.Title, seen.GetProperty("title").GetString());
        Assert.Equal(expected.Body, seen.GetProperty("body").GetString());
        var result = seen.GetProperty("result");
        if (expected.Status != "closed")
        {
            Assert.Equal(JsonValueKind.Null, result.ValueKind);
            return;
        }

        foreach (var choice in new[] { "yes", "no", "abstain" })
        {
            Assert.Equal(expected.Count(choice), result.GetProperty(choice).GetInt64());
        }
    }

    private async Task CompareAnnouncementsAsync(ModelCoop model)
    {
        foreach (var member in _world.Members.Select(m => m.Member))
        {
            var all = await member.ListAsync("/api/announcements", 50);
            Assert.Equal(
                model.Announcements.Keys.ToHashSet(),
                all.Select(a => a.GetProperty("id").GetGuid()).ToHashSet());
            var read = all.Where(a => a.GetProperty("readAt").ValueKind != JsonValueKind.Null)
                .Select(a => a.GetProperty("id").GetGuid());
            Assert.Equal(
                model.Announcements.Where(a => a.Value.Contains(member.Actor)).Select(a => a.Key)
                    .ToHashSet(),
                read.ToHashSet());
        }
    }

    private Task<long> BalanceAsync(Guid account) =>
        new LedgerClient(_world.Admin).BalanceAsync(account);
}
