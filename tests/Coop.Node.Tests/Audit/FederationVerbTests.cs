using System.Text.Json;
using Coop.Node.Tests.Log;
using Coop.Testing;

namespace Coop.Node.Tests.Audit;

/// <summary>The command line's audit of several real nodes that are not peers.</summary>
public sealed class FederationVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coop-audits-");

    private static readonly string[] Second = ["--COOP_PUBLIC_URL=http://second.example"];

    private string States => Path.Combine(_folder.FullName, "states");

    private string Report => Path.Combine(_folder.FullName, "report.html");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Audits_SeveralNodes_RemembersThem_AndNamesTheOneThatIsRewritten()
    {
        await using var first = await TestLog.StartAsync(arguments: ["--COOP_PUBLIC_URL=http://first.example"]);
        await FillAsync(first, 5);
        var data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        await using var database = await TestDatabase.CreateMigratedAsync();
        string second;
        await using (var node = await TestLog.StartAsync(database, data, arguments: Second))
        {
            await FillAsync(node, 7);
            second = node.Address.ToString();
            var run = await RunAsync(first.Address.ToString(), second, "--state", States, "--html", Report);
            Assert.Equal((0, "holds"), (run.ExitCode, run.Verdict));
            Assert.Equal([5, 7], run.Answer.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("checkpoint").GetProperty("size").GetInt64()));
            Assert.Equal(2, Directory.GetFiles(States).Length);
            Assert.StartsWith("<!doctype html>", await File.ReadAllTextAsync(Report, TestLog.Ct), StringComparison.Ordinal);
        }

        // The same key folder over another database: a whole and valid log, but not the one that was seen.
        await using var another = await TestDatabase.CreateMigratedAsync();
        File.Delete(Path.Combine(data.FullName, Node.Log.SigningGuard.FileName));
        await using (var node = await TestLog.StartAsync(another, data, arguments: Second))
        {
            await FillAsync(node, 9);
            var alone = await RunAsync(first.Address.ToString(), node.Address.ToString());
            Assert.Equal((0, "holds"), (alone.ExitCode, alone.Verdict));
            RenameState(new Uri(second), node.Address);
            var held = await RunAsync(first.Address.ToString(), node.Address.ToString(), "--state", States);
            Assert.Equal((1, "fault"), (held.ExitCode, held.Verdict));
            var finding = held.Answer.GetProperty("nodes")[1].GetProperty("finding");
            Assert.Equal(("history-rewritten", 0), (finding.GetProperty("code").GetString(), finding.GetProperty("entry").GetInt64()));
            Assert.Equal(JsonValueKind.Null, held.Answer.GetProperty("nodes")[0].GetProperty("finding").ValueKind);
        }

        var gone = await RunAsync(first.Address.ToString(), second);
        Assert.Equal((2, "unchecked"), (gone.ExitCode, gone.Verdict));
    }

    [Fact]
    public async Task CannotCheck_WhatIsNoAddress_OrHasNoSuchKey()
    {
        Assert.Equal(2, (await RunAsync("http://127.0.0.1:1", "ftp://nowhere")).ExitCode);
        Assert.Equal(2, (await RunAsync("http://127.0.0.1:1", "http://127.0.0.1:2", "--vkey", "nonsense")).ExitCode);
        await File.WriteAllTextAsync(States, "{}", TestLog.Ct);
        Assert.Equal(2, (await RunAsync("http://127.0.0.1:1", "http://127.0.0.1:2", "--state", States)).ExitCode);
    }

    // A test's node has another port each time.
    private void RenameState(Uri from, Uri to) => File.Move(
        Path.Combine(States, $"127.0.0.1_{from.Port}.json"), Path.Combine(States, $"127.0.0.1_{to.Port}.json"), overwrite: true);

    private static async Task FillAsync(TestNode node, int size)
    {
        await TestLog.AppendAsync(node, size);
        await TestLog.WaitForSizeAsync(node, size);
    }

    private static async Task<AuditRun> RunAsync(params string[] arguments)
    {
        var (exitCode, output) = await AuditedNode.RunCommandAsync(["audit", "--json", .. arguments]);
        return new AuditRun(exitCode, JsonDocument.Parse(output).RootElement);
    }
}
