using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;
using Coop.Node.Tests.Database;
using Coop.Testing;
using Coop.Testing.Faults;
using Npgsql;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Copies in a real database: what is acknowledged is there, whatever happens to the connection.</summary>
public sealed class MirrorStoreTests : IAsyncLifetime
{
    private const string Forget = """
        DELETE FROM mirrors;
        DELETE FROM mirror_bundles;
        DELETE FROM mirror_tiles;
        DELETE FROM mirror_seen
        """;

    private TestDatabase _database = null!;
    private FaultProxy _proxy = null!;
    private NpgsqlDataSource _dataSource = null!;
    private MirrorStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        _proxy = FaultProxy.Start(_database.ConnectionString, seed: 1);
        _dataSource = NpgsqlDataSource.Create(ConnectionSettings.For(_proxy.ConnectionString));
        _store = new MirrorStore(Tally.Through(_dataSource));
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Keeps_WhatTheLogServes_WhileItGrows()
    {
        foreach (var size in new[] { 0, 1, 300, 512, 5000, 66_000 })
        {
            var log = PublishedLog.Of(size);
            Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log)).Outcome);
            await AssertCopyAsync(log);
        }
    }

    [Fact]
    public async Task Keeps_TheNewestWordOfOthers_OfEach()
    {
        var subject = LogSubject.Of("other.example/log");
        var entries = PublishedLog.MakeEntries(3);
        for (var i = 0; i < 3; i++)
        {
            entries.Add(PublishedLog.Next(entries, "checkpoint.seen", subject));
            await FollowAsync(PublishedLog.Publish(entries), subject);
        }

        await using var command = _dataSource.CreateCommand("SELECT seq FROM mirror_seen");
        Assert.Equal(5L, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task GoesOn_AfterAFaultAtAnyStatement()
    {
        var (early, log) = (PublishedLog.Of(700), PublishedLog.Of(1500));
        await FollowAsync(log);
        var tried = 0;
        foreach (var fault in Enum.GetValues<Fault>().Where(f => f is not (Fault.None or Fault.LostAndDeliveredLate)))
        {
            for (var at = 0; ; at++, tried++)
            {
                await ForgetAsync();
                var seen = 0;
                _proxy.Decide(_ => seen++ == at ? fault : Fault.None);
                await FollowUntilUpToDateAsync(early);
                await FollowUntilUpToDateAsync(log);
                _proxy.Decide(_ => Fault.None);
                await AssertCopyAsync(log);
                if (seen <= at)
                {
                    break;
                }
            }
        }

        Assert.True(tried > 50, $"{tried} places");
    }

    [Fact]
    public async Task Refuses_WhatSomebodyElseWentOnFrom()
    {
        await FollowAsync(PublishedLog.Of(10));
        var state = await _store.ReadAsync(PublishedLog.Origin, Ct);
        Assert.True(await _store.TryAcceptAsync(PublishedLog.Origin, state, Ct));
        Assert.False(await _store.TryAcceptAsync(PublishedLog.Origin, state, Ct));
        Assert.False(await _store.TryExtendAsync(
            PublishedLog.Origin, new MirrorExtension([new MirroredBundle(0, 10, new byte[1])], [], [], state), Ct));
        await AssertCopyAsync(PublishedLog.Of(10));
    }

    private Task<FollowResult> FollowAsync(PublishedLog log, params string[] others) =>
        new LogFollower(log, PublishedLog.Key, _store, new FollowOptions { BundlesPerStep = 2 }, others.ToHashSet())
            .FollowAsync(Ct);

    // A step whose answer was lost counts as overtaken; the next turn goes on.
    private async Task FollowUntilUpToDateAsync(PublishedLog log)
    {
        FollowOutcome outcome;
        do
        {
            outcome = (await FollowAsync(log)).Outcome;
        }
        while (outcome == FollowOutcome.Overtaken);

        Assert.Equal(FollowOutcome.UpToDate, outcome);
    }

    private async Task AssertCopyAsync(PublishedLog log)
    {
        var state = await _store.ReadAsync(PublishedLog.Origin, Ct);
        Assert.Equal(log.Files["checkpoint"], state.Complete!.Encode());
        var tree = new MirroredTree(_store, PublishedLog.Origin, state);
        foreach (var (path, bytes) in log.Files.Where(f => f.Key != "checkpoint"))
        {
            Assert.True(TilePath.TryParse(path, out var tile));
            Assert.Equal(bytes, await tree.FindAsync(tile, Ct));
        }
    }

    private async Task ForgetAsync()
    {
        await using var command = _dataSource.CreateCommand(Forget);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
