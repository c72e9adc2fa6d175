using System.Net;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Merkle;
using Coop.Node.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Coop.Node.Tests.Log.TestLog;

namespace Coop.Node.Tests.Log;

/// <summary>What the node finds at its next start when the database is not the one that it left.</summary>
public sealed class RestoredDatabaseTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("coop-restored-");
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateMigratedAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task SignsNothing_WhenTheDatabaseIsOlder_UntilThisVeryStateIsAccepted()
    {
        await GrowToAsync(3);
        await ExecuteAsync("CREATE TABLE old_head AS SELECT * FROM log_head");
        await GrowToAsync(300);
        await RestoreAsync(3);

        string accept;
        await using (var node = await StartAsync(_database, _data))
        {
            var reason = await HaltedAsync(node);
            Assert.Contains("restored from a backup", reason, StringComparison.Ordinal);
            accept = reason[reason.IndexOf("COOP_LOG_ACCEPT_HEAD=", StringComparison.Ordinal)..];
            await AppendAsync(node);
            await AssertFrozenAsync(node, 3);
        }

        await using (var wrong = await StartAsync(
            _database, _data, arguments: ["--COOP_LOG_ACCEPT_HEAD=4:" + accept.Split(':')[1]]))
        {
            await HaltedAsync(wrong);
        }

        await using var confirmed = await StartAsync(_database, _data, arguments: ["--" + accept]);
        await WaitForSizeAsync(confirmed, 4);
        Assert.Equal(4, (await VerifyAsync(confirmed)).Count);
    }

    [Fact]
    public async Task SignsNothing_WhenHistoryOfTheSameLengthIsAnother()
    {
        await GrowToAsync(3);
        await ExecuteAsync("CREATE TABLE old_head AS SELECT * FROM log_head");
        await GrowToAsync(5);
        await RestoreAsync(3);
        File.Copy(GuardFile, GuardFile + ".kept");
        File.Delete(GuardFile);
        await GrowToAsync(8);
        File.Move(GuardFile + ".kept", GuardFile, overwrite: true);

        await using var node = await StartAsync(_database, _data);
        Assert.Contains("history was changed", await HaltedAsync(node), StringComparison.Ordinal);
        await AppendAsync(node);
        await AssertFrozenAsync(node, 8);
    }

    [Fact]
    public async Task GoesOn_WhenItsOwnGuardIsBehind()
    {
        await GrowToAsync(3);
        File.Copy(GuardFile, GuardFile + ".kept");
        await GrowToAsync(400);
        File.Move(GuardFile + ".kept", GuardFile, overwrite: true);
        await GrowToAsync(402);
    }

    [Theory]
    [InlineData("UPDATE log_entries SET entry = decode(replace(encode(entry, 'escape'), 'test:', 'tesT:'), 'escape') WHERE seq = 299")]
    [InlineData("UPDATE log_entries SET entry = decode(replace(encode(entry, 'escape'), 'test:', 'tesT:'), 'escape') WHERE seq = 10")]
    [InlineData("UPDATE log_entries SET seq = CASE seq WHEN 290 THEN -1 ELSE 290 END WHERE seq IN (290)")]
    [InlineData("DELETE FROM log_entries WHERE seq = 280")]
    [InlineData("DELETE FROM log_tiles")]
    [InlineData("UPDATE log_tiles SET hashes = overlay(hashes placing '\\x00'::bytea from 77)")]
    [InlineData("UPDATE log_tiles SET root = overlay(root placing '\\x0000'::bytea from 5)")]
    [InlineData("UPDATE log_head SET root = overlay(root placing '\\x0000'::bytea from 5)")]
    [InlineData("UPDATE log_head SET size = 299, checkpoint_size = 299")]
    // One letter alone is missing in every tenth checkpoint.
    [InlineData("UPDATE log_head SET checkpoint = translate(checkpoint, 'ABCDEFGH', 'BCDEFGHA')")]
    [InlineData("UPDATE log_head SET checkpoint = 'no note'")]
    [InlineData("UPDATE log_head SET checkpoint_size = 299")]
    public async Task SignsNothing_WhenWhatIsStoredWasTamperedWith(string tampering)
    {
        await GrowToAsync(300);
        await ExecuteAsync(tampering);
        await using var node = await StartAsync(_database, _data);
        await HaltedAsync(node);
        await AppendAsync(node);
        var checkpoint = await AnswerAsync(node);
        await Task.Delay(TimeSpan.FromMilliseconds(200), Ct);
        Assert.Equal(checkpoint, await AnswerAsync(node));
    }

    [Fact]
    public async Task ALeaderHalts_WhenTheLogIsChangedUnderIt()
    {
        await using var node = await StartAsync(_database, _data);
        await AppendAsync(node, 5);
        await WaitForSizeAsync(node, 5);
        await ExecuteAsync("UPDATE log_head SET size = 4, checkpoint_size = 4");
        await AppendAsync(node);
        Assert.Contains("changed from outside", await HaltedAsync(node), StringComparison.Ordinal);
    }

    private string GuardFile => Path.Combine(_data.FullName, SigningGuard.FileName);

    private async Task GrowToAsync(int size)
    {
        await using var node = await StartAsync(_database, _data);
        var now = (int)(await WaitForSizeAsync(node, 0)).Size;
        await AppendAsync(node, size - now, $"test:grow-to-{size}-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        await WaitForSizeAsync(node, size);
        Assert.Equal(size, (await VerifyAsync(node)).Count);
    }

    /// <summary>What a restore from a backup leaves: the head and all else as they were at that size.</summary>
    private async Task RestoreAsync(int size)
    {
        await ExecuteAsync($"DELETE FROM log_entries WHERE seq >= {size}");
        await ExecuteAsync("DELETE FROM log_tiles");
        await ExecuteAsync("DELETE FROM log_head");
        await ExecuteAsync("INSERT INTO log_head SELECT * FROM old_head");
        await ExecuteAsync("UPDATE log_head SET lease_holder = NULL");
    }

    private static async Task<string> HaltedAsync(TestNode node)
    {
        await WaitForRoleAsync(node, SequencerStatus.Role.Halted);
        using var response = await node.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var health = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!;
        Assert.Equal("unhealthy", health["checks"]!["log"]!["status"]!.GetValue<string>());
        return node.Services.GetRequiredService<SequencerStatus>().Now.Reason!;
    }

    // A damaged checkpoint is still served if it can be read as one; else the node says that its log is damaged.
    private static async Task<string> AnswerAsync(TestNode node)
    {
        using var response = await node.Client.GetAsync(new Uri("/log/checkpoint", UriKind.Relative), Ct);
        var body = await response.Content.ReadAsStringAsync(Ct);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return body;
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        return JsonNode.Parse(body)!["type"]!.GetValue<string>();
    }

    private static async Task AssertFrozenAsync(TestNode node, long size)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), Ct);
        var checkpoint = await CheckpointAsync(node);
        Assert.Equal(size, checkpoint.Size);
        Assert.Equal(TreeHash.SizeBytes, checkpoint.Root.Length);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
