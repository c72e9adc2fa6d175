using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;

namespace Coop.Federation.Tests.Replication;

public class LogFollowerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(5000)]
    public async Task Copies_AWholeLog(int size)
    {
        var (log, store) = (PublishedLog.Of(size), new MemoryMirrorStore());
        Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store)).Outcome);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task Copies_ALogOfThreeLevels_WithOneTileForManyBundles()
    {
        var (log, store) = (PublishedLog.Of(65_536 + 300), new MemoryMirrorStore());
        Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store)).Outcome);
        await AssertCopyAsync(log, store);
        Assert.Equal(4, log.Fetched.Count(p => p.StartsWith("tile/", StringComparison.Ordinal) && !p.Contains("entries", StringComparison.Ordinal)));
        Assert.Equal(258, log.Fetched.Count(p => p.Contains("entries", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GoesOn_WhereItStopped_AtEverySize()
    {
        var store = new MemoryMirrorStore();
        foreach (var size in new[] { 0, 1, 2, 200, 256, 257, 300, 511, 512, 513, 1024, 65_535, 65_536, 65_537, 66_000 })
        {
            var log = PublishedLog.Of(size);
            Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store)).Outcome);
            await AssertCopyAsync(log, store);
        }
    }

    [Fact]
    public async Task AsksForTheCheckpointAlone_WhenThereIsNothingNew()
    {
        var (log, store) = (PublishedLog.Of(1000), new MemoryMirrorStore());
        await FollowAsync(log, store);
        log.Fetched.Clear();
        Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store)).Outcome);
        Assert.Equal(["checkpoint"], log.Fetched);
    }

    [Fact]
    public async Task TakesTurns_WhenALogIsFarAhead()
    {
        var (log, store) = (PublishedLog.Of(5000), new MemoryMirrorStore());
        var options = new FollowOptions { BundlesPerTurn = 4, BundlesPerStep = 3 };
        for (var stored = 1024; stored < 5000; stored += 1024)
        {
            var result = await FollowAsync(log, store, options);
            Assert.Equal((FollowOutcome.Unfinished, stored), (result.Outcome, result.State.Size));
            Assert.Null(result.State.Complete);
        }

        Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store, options)).Outcome);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task ServesTheLastWholeCopy_WhileTheNextIsUnderWay()
    {
        var (log, store) = (PublishedLog.Of(700), new MemoryMirrorStore());
        await FollowAsync(log, store);
        var options = new FollowOptions { BundlesPerTurn = 3 };
        Assert.Equal(FollowOutcome.Unfinished, (await FollowAsync(PublishedLog.Of(3000), store, options)).Outcome);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task Stops_AtTheMostEntriesThatItMayCopy_AndStillFollowsTheCheckpoints()
    {
        var store = new MemoryMirrorStore();
        var options = new FollowOptions { MaxEntries = 600 };
        foreach (var size in new[] { 3000, 4000 })
        {
            var result = await FollowAsync(PublishedLog.Of(size), store, options);
            Assert.Equal((FollowOutcome.Full, 512, size), (result.Outcome, result.State.Size, result.State.AcceptedSize));
        }

        var rewritten = PublishedLog.Publish(PublishedLog.MakeEntries(5000, rewrittenFrom: 3500));
        Assert.Equal(FollowOutcome.Equivocation, (await FollowAsync(rewritten, store, options)).Outcome);
    }

    [Fact]
    public async Task LosesNothing_WhenItCrashesAtAnyStep()
    {
        var (early, log) = (PublishedLog.Of(700), PublishedLog.Of(2100));
        var options = new FollowOptions { BundlesPerStep = 2 };
        var steps = 0;
        for (var step = 0; steps == 0 || step < steps; step++)
        {
            foreach (var isDone in new[] { false, true })
            {
                var store = new MemoryMirrorStore
                {
                    Crash = (at, done) => { if (at == step && done == isDone) { throw new InvalidTimeZoneException(); } },
                };
                await Survive(() => FollowAsync(early, store, options));
                await Survive(() => FollowAsync(log, store, options));
                store.Crash = null;
                Assert.Equal(FollowOutcome.UpToDate, (await FollowAsync(log, store, options)).Outcome);
                await AssertCopyAsync(log, store);
                steps = Math.Max(steps, store.Steps);
            }
        }

        Assert.True(steps > 6);
    }

    [Fact]
    public async Task KeepsWhatItProved_WhenTheLogStopsAnswering()
    {
        var (log, store) = (PublishedLog.Of(5000), new MemoryMirrorStore());
        var failing = new Answering(log, (path, bytes) =>
            path == "tile/entries/007" ? throw new AuditImpossibleException("gone") : bytes);
        await Assert.ThrowsAsync<AuditImpossibleException>(() => FollowAsync(failing, store));
        Assert.Equal(7 * 256, (await store.ReadAsync(PublishedLog.Origin, Ct)).Size);
        await FollowAsync(log, store);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task StoresWhatItHas_WhileTheLogIsSlow()
    {
        var (log, store) = (PublishedLog.Of(3000), new MemoryMirrorStore());
        var slow = new Waiting(log, "tile/entries/003");
        var following = FollowAsync(slow, store);
        while ((await store.ReadAsync(PublishedLog.Origin, Ct)).Size < 3 * 256)
        {
            await Task.Delay(5, Ct);
        }

        Assert.False(following.IsCompleted);
        slow.Answer.SetResult();
        Assert.Equal(FollowOutcome.UpToDate, (await following).Outcome);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task EndsAtOnce_WhenItIsCancelled_AndKeepsWhatItStored()
    {
        var (log, store) = (PublishedLog.Of(3000), new MemoryMirrorStore());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = new LogFollower(new Waiting(log, "tile/entries/003"), PublishedLog.Key, store, new FollowOptions()).FollowAsync(stop.Token);
        while ((await store.ReadAsync(PublishedLog.Origin, Ct)).Size < 3 * 256)
        {
            await Task.Delay(5, Ct);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        await FollowAsync(log, store);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task DoesNoHarm_WhenSeveralFollowTheSameLogAtOnce()
    {
        var (log, store) = (PublishedLog.Of(5000), new MemoryMirrorStore());
        var turns = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while ((await FollowAsync(log, store, new FollowOptions { BundlesPerStep = 1 })).Outcome != FollowOutcome.UpToDate)
            {
            }
        }));
        await Task.WhenAll(turns);
        await AssertCopyAsync(log, store);
    }

    [Fact]
    public async Task TakesNote_OfWhatTheLogSawOfOthers()
    {
        var store = new MemoryMirrorStore();
        var (known, unknown) = (LogSubject.Of("other.example/log"), LogSubject.Of("unknown.example/log"));
        var entries = PublishedLog.MakeEntries(3);
        foreach (var subject in new[] { known, unknown, known })
        {
            entries.Add(PublishedLog.Next(entries, "checkpoint.seen", subject));
        }

        var log = PublishedLog.Publish(entries);
        var follower = new LogFollower(log, PublishedLog.Key, store, new FollowOptions(), new HashSet<string> { known });
        var result = await follower.FollowAsync(Ct);
        Assert.Equal(2, result.State.LastOther);
        var seen = Assert.Single(store.Seen.Values);
        Assert.Equal((known, 5), (seen.Subject, seen.Seq));
    }

    internal static Task<FollowResult> FollowAsync(ILogSource log, IMirrorStore store, FollowOptions? options = null) =>
        new LogFollower(log, PublishedLog.Key, store, options ?? new FollowOptions()).FollowAsync(Ct);

    /// <summary>The copy serves every file that the log itself serves, byte for byte.</summary>
    internal static async Task AssertCopyAsync(PublishedLog log, IMirrorStore store)
    {
        var state = await store.ReadAsync(PublishedLog.Origin, Ct);
        Assert.Equal(log.Files["checkpoint"], state.Complete!.Encode());
        var tree = new MirroredTree(store, PublishedLog.Origin, state);
        foreach (var (path, bytes) in log.Files.Where(f => f.Key != "checkpoint"))
        {
            Assert.True(TilePath.TryParse(path, out var tile));
            Assert.Equal(bytes, await tree.FindAsync(tile, Ct));
        }
    }

    private static async Task Survive(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (InvalidTimeZoneException)
        {
        }
    }

    /// <summary>A log that answers one file only when it is told to.</summary>
    private sealed class Waiting(ILogSource log, string file) : ILogSource
    {
        public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct)
        {
            if (path == file)
            {
                await Answer.Task.WaitAsync(ct);
            }

            return await log.FetchAsync(path, maxSizeBytes, ct);
        }
    }
}
