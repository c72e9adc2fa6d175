using System.Text.Json.Nodes;
using Coop.Node.Database.Embedded;

namespace Coop.Node.Tests.Processes;

/// <summary><c>keys rotate</c> as the real program, beside a node that runs and where none does.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeysVerbTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Rotate_BesideARunningNode_WhichTakesTheKeysUp_AndLogsTheEvent()
    {
        await using var node = await NodeProcess.ServeAsync(_fixture.Data, Token);
        using var http = new HttpClient { BaseAddress = node.Address };
        var before = await HistoryAsync(http);
        Assert.Single(before);

        var rotated = await RotateAsync();
        Assert.True(rotated.Succeeded, rotated.Output + rotated.Error);
        Assert.Contains("version 2", rotated.Output, StringComparison.Ordinal);
        while ((await HistoryAsync(http)).Count < 2)
        {
            await Task.Delay(50, Token);
        }

        // The same node, which never stopped; its log has taken the event and still holds.
        Assert.False(node.HasExited);
        Assert.Equal(before[0], (await HistoryAsync(http))[0]);
        await _fixture.AuditAsync(node, Token);
        await node.StopAsync("TERM", toItsGroup: false, Token);
        await using var again = await NodeProcess.ServeAsync(_fixture.Data, Token);
        using var restarted = new HttpClient { BaseAddress = again.Address };
        Assert.Equal(2, (await HistoryAsync(restarted)).Count);
        await again.StopAsync("TERM", toItsGroup: false, Token);
    }

    [Fact]
    public async Task Rotate_WhereNoNodeRuns_StartsAndStopsTheDatabase()
    {
        await using (var node = await NodeProcess.ServeAsync(_fixture.Data, Token))
        {
            await node.StopAsync("TERM", toItsGroup: false, Token);
        }

        var rotated = await RotateAsync();
        Assert.True(rotated.Succeeded, rotated.Output + rotated.Error);
        await _fixture.NoDatabaseProcessRemainsAsync(Token);
        await using var again = await NodeProcess.ServeAsync(_fixture.Data, Token);
        using var http = new HttpClient { BaseAddress = again.Address };
        Assert.Equal(2, (await HistoryAsync(http)).Count);
        await again.StopAsync("TERM", toItsGroup: false, Token);
    }

    [Fact]
    public async Task Rotate_WithTheWrongFolder_ChangesNothingAndSaysWhy()
    {
        var refused = await RotateAsync();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("No node has run with the data folder", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_fixture.Data));
    }

    private Task<Command.Result> RotateAsync() => Command.RunAsync(
        "env",
        [
            $"COOP_DATA={_fixture.Data}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), "keys", "rotate",
        ],
        Token);

    private static async Task<IReadOnlyList<string>> HistoryAsync(HttpClient http)
    {
        var text = await http.GetStringAsync(new Uri("/.well-known/did.jsonl", UriKind.Relative), Token);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)));
        return lines;
    }
}
