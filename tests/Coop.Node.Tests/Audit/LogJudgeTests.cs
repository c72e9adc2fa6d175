using System.Text;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Coop.Testing.Judges;

namespace Coop.Node.Tests.Audit;

/// <summary>A running node before the Go project's transparency-log packages, honest and tampered with.</summary>
public sealed class LogJudgeTests(AuditedNode audited) : IClassFixture<AuditedNode>
{
    private const string ReadEntry = "SELECT entry FROM log_entries WHERE seq = ";

    [Fact]
    public async Task Accepts_WhatANodeServes()
    {
        await using var node = await StartAsync();
        var verdict = await JudgeAsync(node, "-receipts", "40");
        Assert.True(verdict.Accepts, verdict.Reason);
        Assert.Equal("localhost:5080/log", verdict.Answer.GetProperty("origin").GetString());
        Assert.Equal(AuditedNode.Size, verdict.Number("size"));
        Assert.Equal(AuditedNode.Size, verdict.Number("entries"));
        Assert.Equal(3, verdict.Number("tiles"));
        Assert.Equal(80, verdict.Number("receipts"));
    }

    [Fact]
    public async Task Accepts_TheLogAtSizesAroundTileBorders_EachTheContinuationOfTheOneBefore()
    {
        await using var node = await TestLog.StartAsync();
        await TestLog.WaitForSizeAsync(node, 0);
        var old = Path.GetTempFileName();
        try
        {
            var size = 0;
            foreach (var step in (int[])[0, 1, 254, 1, 1, 255, 1, 300])
            {
                await File.WriteAllBytesAsync(old, await TestLog.GetAsync(node, "checkpoint"), TestLog.Ct);
                await TestLog.AppendAsync(node, step);
                size += step;
                await TestLog.WaitForSizeAsync(node, size);
                var verdict = await JudgeAsync(node, "-old", old, "-receipts", "2");
                Assert.True(verdict.Accepts, verdict.Reason);
                Assert.Equal((size, size - step), (verdict.Number("size"), verdict.Number("oldSize")));
            }
        }
        finally
        {
            File.Delete(old);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(AuditedNode.Size - 1)]
    public async Task Refuses_AChangedEntry(int seq)
    {
        var entry = await audited.ReadBytesAsync(ReadEntry + seq);
        var changed = Encoding.ASCII.GetString(entry).Replace("test.event", "test.other", StringComparison.Ordinal);
        await SetEntryAsync(seq, Encoding.ASCII.GetBytes(changed));
        try
        {
            await AssertRefusedAsync();
        }
        finally
        {
            await SetEntryAsync(seq, entry);
        }
    }

    [Fact]
    public async Task Refuses_AChangedTile()
    {
        const string Read = "SELECT hashes FROM log_tiles WHERE level = 0 AND n = 0";
        const string Write = "UPDATE log_tiles SET hashes = $1 WHERE level = 0 AND n = 0";
        var hashes = await audited.ReadBytesAsync(Read);
        byte[] changed = [.. hashes];
        changed[32 * 99] ^= 1;
        await audited.ExecuteAsync(Write, changed);
        try
        {
            await AssertRefusedAsync();
        }
        finally
        {
            await audited.ExecuteAsync(Write, hashes);
        }
    }

    [Fact]
    public async Task Refuses_AnotherKey()
    {
        await using var node = await StartAsync();
        await using var other = await TestLog.StartAsync();
        var verdict = await LogJudge.AskAsync(Log(node), (await TestLog.VkeyAsync(other)).ToString());
        Assert.False(verdict.Accepts);
    }

    [Fact]
    public async Task Refuses_AHistoryThatWasWrittenAnew_AndSignedWithTheSameKey()
    {
        var old = Path.GetTempFileName();
        try
        {
            await using var database = await TestDatabase.CreateMigratedAsync();
            await using (var node = await StartAsync())
            {
                await File.WriteAllBytesAsync(old, await TestLog.GetAsync(node, "checkpoint"), TestLog.Ct);
            }

            await using var rewritten = await TestNode.StartAsync(database: database, keysFrom: audited.Data);
            await TestLog.AppendAsync(rewritten, AuditedNode.Size + 5);
            await TestLog.WaitForSizeAsync(rewritten, AuditedNode.Size + 5);
            Assert.True((await JudgeAsync(rewritten)).Accepts);
            var verdict = await JudgeAsync(rewritten, "-old", old);
            Assert.Contains("does not continue its checkpoint", verdict.Reason, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(old);
        }
    }

    private static Uri Log(TestNode node) => new(node.Address, "/log");

    private static async Task<LogJudge.Verdict> JudgeAsync(TestNode node, params string[] options) =>
        await LogJudge.AskAsync(Log(node), (await TestLog.VkeyAsync(node)).ToString(), options);

    private async Task<TestNode> StartAsync()
    {
        var node = await audited.StartAsync();
        await TestLog.EventuallyAsync(() => TestLog.IsPublishedAsync(node));
        return node;
    }

    private async Task AssertRefusedAsync()
    {
        await using var node = await StartAsync();
        var verdict = await JudgeAsync(node);
        Assert.False(verdict.Accepts);
        TestContext.Current.TestOutputHelper?.WriteLine(verdict.Reason);
    }

    private Task SetEntryAsync(int seq, byte[] entry) =>
        audited.ExecuteAsync("UPDATE log_entries SET entry = $1 WHERE seq = $2", entry, (long)seq);
}
