using System.Net;
using Coop.Node.Database.Embedded;
using Coop.Testing;

namespace Coop.Node.Tests.Processes;

/// <summary>How the real program ends, and with whom it shares its folder.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class StopTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task OnSigterm_StopsTheDatabaseInOrder()
    {
        await using var node = await NodeProcess.ServeAsync(_fixture.Data, Token);
        await node.StopAsync("TERM", toItsGroup: false, Token);
        await StoppedInOrderAsync();
    }

    [Fact]
    public async Task OnCtrlC_ReachesTheDatabaseOnlyThroughTheNode()
    {
        // A terminal sends SIGINT to the whole group in front; the server has a group of its own. Where the
        // tests run in a shell's background, SIGINT is ignored, and what they start would inherit that.
        await using var node = await NodeProcess.ServeAsync(
            _fixture.Data, Token, "setsid", "env", "--default-signal=INT");
        await node.StopAsync("INT", toItsGroup: true, Token);
        await StoppedInOrderAsync();
    }

    [Fact]
    public async Task ASecondNodeOnTheFolder_SaysSoAndEnds()
    {
        await using var node = await NodeProcess.ServeAsync(_fixture.Data, Token);
        await using var second = NodeProcess.Start(_fixture.Data);
        Assert.Equal(1, await second.WaitForExitAsync(Token));
        Assert.Contains("Another node runs", second.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Printed, StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = node.Address };
        using var health = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task RunsForAnOrdinaryUser()
    {
        const string User = "nobody";
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("The other tests run as an ordinary user here.");
        }

        File.SetUnixFileMode(_fixture.Home, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(_fixture.Data);
        await Command.RunAsync("chown", [User, _fixture.Data], Token);
        string[] prefix = ["setpriv", $"--reuid={User}", "--regid=nogroup", "--clear-groups"];
        var reachable = await Command.RunAsync(
            prefix[0], [.. prefix[1..], "test", "-r", Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll")], Token);
        if (!reachable.Succeeded)
        {
            // A checkout below root's home; nothing is missing on the machine.
            Assert.Skip("An ordinary user cannot read this checkout.");
        }

        await using (var node = await NodeProcess.ServeAsync(_fixture.Data, Token, prefix))
        {
            using var session = await ProcessFixture.EnrolAsync(node, Token);
            Assert.NotNull(await ProcessFixture.TryDraftAsync(session.Http, "Mine", Token));
            await node.StopAsync("TERM", toItsGroup: false, Token);
        }

        await StoppedInOrderAsync();
    }

    private async Task StoppedInOrderAsync()
    {
        await _fixture.NoDatabaseProcessRemainsAsync(Token);
        Assert.Null(PostmasterFile.Read(_fixture.Server));
        var log = await File.ReadAllTextAsync(_fixture.Server.LogFile, Token);
        Assert.EndsWith("database system is shut down", log.TrimEnd(), StringComparison.Ordinal);
    }
}
