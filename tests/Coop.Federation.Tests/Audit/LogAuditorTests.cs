using Coop.Federation.Audit;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Audit;

public class LogAuditorTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(512)]
    [InlineData(1000)]
    public async Task Holds_ForAWholeLog(int size)
    {
        var log = PublishedLog.Of(size);
        var report = await log.AuditAsync();
        Assert.Null(report.Finding);
        Assert.Equal(size, report.EntriesChecked);
        Assert.Equal(size, report.Checkpoint!.Size);
        Assert.True(report.State!.IsWhole());
        Assert.Equal(log.Files.Keys.Order(), log.Fetched.Order());
    }

    [Fact]
    public async Task Holds_ForALogOfThreeLevels_AndFetchesEveryFileOnce()
    {
        var log = PublishedLog.Of(65_536 + 256 + 3);
        var report = await log.AuditAsync();
        Assert.Null(report.Finding);
        Assert.True(report.State!.IsWhole());
        Assert.Equal(log.Files.Keys.Order(), log.Fetched.Order());
    }

    [Fact]
    public async Task Uses_TheFullTile_WhenThePartialOneIsGone()
    {
        var log = PublishedLog.Of(10);
        var grown = PublishedLog.Of(256);
        foreach (var path in log.Files.Keys.Where(p => p.StartsWith("tile/", StringComparison.Ordinal)).ToList())
        {
            log.Files.Remove(path);
        }

        foreach (var (path, bytes) in grown.Files.Where(f => f.Key.StartsWith("tile/", StringComparison.Ordinal)))
        {
            log.Files[path] = bytes;
        }

        var report = await log.AuditAsync();
        Assert.Null(report.Finding);
        Assert.Equal(10, report.EntriesChecked);
    }

    [Fact]
    public async Task Reports_ItsProgress_UpToTheSize()
    {
        var progress = new List<AuditProgress>();
        var auditor = new LogAuditor(PublishedLog.Of(600), PublishedLog.Key);
        await auditor.AuditAsync(new Recorder(progress), TestContext.Current.CancellationToken);
        Assert.Equal([256, 512, 600], progress.Select(p => p.EntriesChecked));
        Assert.All(progress, p => Assert.Equal(600, p.EntriesToCheck));
    }

    [Fact]
    public async Task CannotBeMade_WhenThereIsNoCheckpoint() =>
        await Assert.ThrowsAsync<AuditImpossibleException>(() => PublishedLog.Of(3).With("checkpoint", null).AuditAsync());

    [Fact]
    public async Task CannotBeMade_WhenTheLogStopsAnswering() =>
        await Assert.ThrowsAsync<AuditImpossibleException>(() =>
            new LogAuditor(new Failing(PublishedLog.Of(5000)), PublishedLog.Key).AuditAsync(null, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Finds_ACheckpointOfAnotherKey()
    {
        using var other = Ed25519Key.Generate();
        var report = await PublishedLog.Publish(PublishedLog.MakeEntries(3), other).AuditAsync();
        Assert.Equal(FindingCode.CheckpointSignature, report.Finding!.Code);
    }

    [Fact]
    public async Task Finds_ACheckpointOfAnotherLog()
    {
        var report = await PublishedLog.Publish(PublishedLog.MakeEntries(3), origin: "other.example/log").AuditAsync();
        Assert.Equal(FindingCode.CheckpointOrigin, report.Finding!.Code);
    }

    [Fact]
    public async Task Finds_EntriesOfAnotherLog()
    {
        var entries = PublishedLog.MakeEntries(10, origin: "other.example/log");
        var report = await PublishedLog.Publish(entries).AuditAsync();
        Assert.Equal((FindingCode.EntryOrigin, 0), (report.Finding!.Code, report.Finding.Entry));
    }

    private sealed class Recorder(List<AuditProgress> progress) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => progress.Add(value);
    }

    private sealed class Failing(PublishedLog log) : ILogSource
    {
        public Task<byte[]?> FetchAsync(string path, int maxSizeBytes, CancellationToken ct) =>
            path.EndsWith("/012", StringComparison.Ordinal)
                ? throw new AuditImpossibleException("gone")
                : log.FetchAsync(path, maxSizeBytes, ct);
    }
}
