using Coop.Testing;
using Coop.Testing.Faults;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

/// <summary>The database fails at every statement of a round, and COMMIT in both ways that one cannot know.</summary>
public sealed class SequencerFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly Fault[] Injected =
        [.. Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate))];

    public static TheoryData<Place> Places => [.. Enum.GetValues<Place>()];

    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private TestNode _node = null!;

    public enum Place
    {
        MoveHead,
        WriteEntries,
        CommitEntries,
        StoreCheckpoint,
        CommitCheckpoint,
    }

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        _proxy = FaultProxy.Start(_database.ConnectionString, seed);
        _node = await StartAsync(
            _database,
            options: Quick with { Lease = TimeSpan.FromHours(1) },
            arguments: [$"--COOP_DATABASE={_proxy.ConnectionString}"]);
        await WaitForSizeAsync(_node, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task EveryEventIsThereOnce(Place place)
    {
        var ids = new List<Guid>();
        foreach (var fault in Injected)
        {
            var struck = Strike(place, fault);
            ids.AddRange(await AppendAsync(_node, 3));
            await WaitForSizeAsync(_node, ids.Count);
            Assert.True(struck());
        }

        Assert.Equal(ids, (await VerifyAsync(_node)).Select(e => e.Id));
    }

    [Theory]
    [InlineData(Place.CommitEntries)]
    [InlineData(Place.CommitCheckpoint)]
    public async Task EveryEventIsThereOnce_WhenACommitArrivesLate(Place place)
    {
        var struck = Strike(place, Fault.LostAndDeliveredLate);
        var ids = (await AppendAsync(_node, 3)).ToList();
        await EventuallyAsync(() => Task.FromResult(struck()));
        await _proxy.DeliverLateAsync();
        ids.AddRange(await AppendAsync(_node, 3));
        await WaitForSizeAsync(_node, 6);
        Assert.Equal(ids, (await VerifyAsync(_node)).Select(e => e.Id));
    }

    /// <summary>Injects one fault, at the next statement of that kind; answers whether it has happened.</summary>
    private Func<bool> Strike(Place place, Fault fault)
    {
        var struck = false;
        var commits = 0;
        _proxy.Decide(group =>
        {
            // A writer's COMMIT goes with its events, the sequencer's without.
            commits += group.Commits && !Says(group, "INSERT INTO log_intake") ? 1 : 0;
            if (struck || !IsAt(place, group, commits))
            {
                return Fault.None;
            }

            struck = true;
            return fault;
        });
        return () => Volatile.Read(ref struck);
    }

    private static bool IsAt(Place place, StatementGroup group, int commits) => place switch
    {
        Place.MoveHead => Says(group, "SET size ="),
        Place.WriteEntries => Says(group, "INSERT INTO log_entries"),
        Place.CommitEntries => group.Commits && commits == 1,
        Place.StoreCheckpoint => Says(group, "SET checkpoint_size ="),
        Place.CommitCheckpoint => group.Commits && commits == 2,
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    private static bool Says(StatementGroup group, string words) =>
        group.Statements.Any(s => s.Contains(words, StringComparison.Ordinal));
}
