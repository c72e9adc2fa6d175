using Coop.Node.Tests.Log;
using Coop.Testing;

namespace Coop.Node.Tests.Audit;

/// <summary>The command line's audit of a real node, as it is and with its database changed behind its back.</summary>
public sealed class AuditVerbTests(AuditedNode audited) : IClassFixture<AuditedNode>
{
    private const string ReadEntry = "SELECT entry FROM log_entries WHERE seq = ";

    [Fact]
    public async Task Holds_ForTheNodeAsItIs_AndGoesOnFromWhatItRemembers()
    {
        var whole = await audited.AuditAsync();
        Assert.Equal((0, "holds"), (whole.ExitCode, whole.Verdict));
        Assert.Equal(AuditedNode.Size, whole.Answer.GetProperty("checked").GetProperty("entries").GetInt64());
        Assert.Equal("first-use", whole.Answer.GetProperty("trust").GetString());

        var later = await audited.AuditAsync("--state", audited.StatePath);
        Assert.Equal((0, "holds"), (later.ExitCode, later.Verdict));
        Assert.Equal(AuditedNode.Size - 256, later.Answer.GetProperty("checked").GetProperty("entries").GetInt64());
        Assert.Equal("remembered", later.Answer.GetProperty("trust").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(AuditedNode.Size - 1)]
    public async Task Names_TheEntry_WhenAByteOfItIsAnother(int seq)
    {
        var entry = await audited.ReadBytesAsync(ReadEntry + seq);
        var changed = (byte[])entry.Clone();
        changed[^30] ^= 1;
        await SetEntryAsync(seq, changed);
        try
        {
            var run = await audited.AuditAsync();
            Assert.Equal((1, seq, seq), (run.ExitCode, run.Entry, run.LastEntry));
        }
        finally
        {
            await SetEntryAsync(seq, entry);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(280)]
    public async Task Names_TheEntry_WhenItsTypeIsAnother(int seq)
    {
        var entry = await audited.ReadBytesAsync(ReadEntry + seq);
        var text = System.Text.Encoding.ASCII.GetString(entry);
        await SetEntryAsync(seq, System.Text.Encoding.ASCII.GetBytes(text.Replace("test.event", "test.other", StringComparison.Ordinal)));
        try
        {
            var run = await audited.AuditAsync();
            Assert.Equal((1, "entry-changed", seq, seq), (run.ExitCode, run.Code, run.Entry, run.LastEntry));

            // What is long past is not fetched again; what is new is.
            var later = await audited.AuditAsync("--state", audited.StatePath);
            Assert.Equal(seq < 256 ? 0 : 1, later.ExitCode);
        }
        finally
        {
            await SetEntryAsync(seq, entry);
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(AuditedNode.Size - 1)]
    public async Task Names_TheEntry_WhenItIsDropped(int seq)
    {
        await audited.ExecuteAsync("CREATE TABLE dropped AS SELECT * FROM log_entries WHERE seq = $1", (long)seq);
        await audited.ExecuteAsync("DELETE FROM log_entries WHERE seq = $1", (long)seq);
        try
        {
            var run = await audited.AuditAsync();
            Assert.Equal((1, seq), (run.ExitCode, run.Entry));
            Assert.Equal(seq == AuditedNode.Size - 1 ? "entry-missing" : "entry-position", run.Code);
        }
        finally
        {
            await audited.ExecuteAsync("INSERT INTO log_entries (seq, id, actor, entry) SELECT seq, id, actor, entry FROM dropped");
            await audited.ExecuteAsync("DROP TABLE dropped");
        }
    }

    [Fact]
    public async Task Names_TheFirst_WhenTwoAreReordered()
    {
        var (first, second) = (await audited.ReadBytesAsync(ReadEntry + 270), await audited.ReadBytesAsync(ReadEntry + 271));
        await SetEntryAsync(270, second);
        await SetEntryAsync(271, first);
        try
        {
            var run = await audited.AuditAsync();
            Assert.Equal((1, "entry-position", 270), (run.ExitCode, run.Code, run.Entry));
        }
        finally
        {
            await SetEntryAsync(270, first);
            await SetEntryAsync(271, second);
        }
    }

    [Fact]
    public async Task Names_TheTile_WhenAByteOfItIsAnother_OrItIsLost()
    {
        var hashes = await audited.ReadBytesAsync("SELECT hashes FROM log_tiles WHERE level = 0 AND n = 0");
        var changed = (byte[])hashes.Clone();
        changed[(32 * 99) + 5] ^= 1;
        await audited.ExecuteAsync("UPDATE log_tiles SET hashes = $1 WHERE level = 0 AND n = 0", changed);
        var run = await audited.AuditAsync();
        await audited.ExecuteAsync("UPDATE log_tiles SET n = 1000 WHERE level = 0 AND n = 0");
        var lost = await audited.AuditAsync();
        await audited.ExecuteAsync("UPDATE log_tiles SET n = 0, hashes = $1 WHERE level = 0 AND n = 1000", hashes);
        Assert.Equal((1, "tile-mismatch", 99), (run.ExitCode, run.Code, run.Entry));
        Assert.Equal((1, "file-missing", 0), (lost.ExitCode, lost.Code, lost.Entry));
    }

    [Fact]
    public async Task Names_TheEntry_WhenHistoryIsWrittenAnew_AndSignedWithTheSameKey()
    {
        // The same key folder over another database: a whole and valid log, but not the one that was seen.
        await using var database = await TestDatabase.CreateMigratedAsync();
        var data = Directory.CreateTempSubdirectory("coop-rewritten-");
        try
        {
            CopyKeys(audited.Data, data);
            await using var node = await TestLog.StartAsync(database, data);
            await TestLog.AppendAsync(node, AuditedNode.Size + 5, "test:another");
            await TestLog.WaitForSizeAsync(node, AuditedNode.Size + 5);
            Assert.Equal(0, (await AuditedNode.RunAsync(node)).ExitCode);

            var run = await AuditedNode.RunAsync(node, "--state", audited.StatePath);
            Assert.Equal((1, "history-rewritten", 0, 0), (run.ExitCode, run.Code, run.Entry, run.LastEntry));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Finds_AnotherKey()
    {
        await using var other = await TestLog.StartAsync();
        await TestLog.EventuallyAsync(() => TestLog.IsPublishedAsync(other));
        var run = await AuditedNode.RunAsync(other, "--state", audited.StatePath);
        Assert.Equal((1, "key-changed"), (run.ExitCode, run.Code));
    }

    [Fact]
    public async Task CannotCheck_WhatIsNotThere()
    {
        var nobody = await AuditedNode.RunCommandAsync("audit", "http://127.0.0.1:1");
        Assert.Equal(2, nobody.ExitCode);
        Assert.StartsWith("? The log could not be checked.", nobody.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("audit")).ExitCode);
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("audit", "localhost:5080")).ExitCode);
        Assert.Equal(2, (await AuditedNode.RunCommandAsync("audit", "http://127.0.0.1:1", "--vkey", "nonsense")).ExitCode);
    }

    [Fact]
    public async Task Says_TheVerdictFirst()
    {
        await using var node = await audited.StartAsync();
        await TestLog.EventuallyAsync(() => TestLog.IsPublishedAsync(node));
        var (exitCode, output) = await AuditedNode.RunCommandAsync("audit", node.Address.ToString());
        Assert.Equal(0, exitCode);
        Assert.StartsWith("✔ The log holds.", output, StringComparison.Ordinal);
        Assert.Contains("300 entries", output, StringComparison.Ordinal);
    }

    private static void CopyKeys(DirectoryInfo from, DirectoryInfo to)
    {
        var keys = Directory.CreateDirectory(Path.Combine(to.FullName, "keys"));
        foreach (var key in new DirectoryInfo(Path.Combine(from.FullName, "keys")).GetFiles())
        {
            key.CopyTo(Path.Combine(keys.FullName, key.Name));
        }
    }

    private Task SetEntryAsync(int seq, byte[] entry) =>
        audited.ExecuteAsync("UPDATE log_entries SET entry = $1 WHERE seq = $2", entry, (long)seq);
}
