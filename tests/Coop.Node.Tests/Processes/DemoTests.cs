using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Coop.Node.Tests.Processes;

/// <summary><c>demo</c> as the real program, on its embedded database.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class DemoTests : IDisposable
{
    private readonly ProcessFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Check_ComesOutAsItShould_AndNamesTheLiar()
    {
        using var process = Start("demo", "--check");
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        TestContext.Current.TestOutputHelper?.WriteLine(output + await errors);

        var summary = JsonElement.Parse(output);
        Assert.True(summary.GetProperty("ok").GetBoolean());
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(
            ["start", "mirror", "audit", "rewrite", "evidence", "freeze", "audit-again"],
            summary.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        var named = Step(summary, "audit-again").GetProperty("findings")[0];
        Assert.Equal("two-histories", named.GetProperty("code").GetString());
        Assert.Equal(Step(summary, "rewrite").GetProperty("entry").GetInt64(), named.GetProperty("entry").GetInt64());
    }

    [Fact]
    public async Task GoesOn_WithItsFolder_OnTheSamePorts()
    {
        var first = await RunOnceAsync();
        var second = await RunOnceAsync();
        Assert.Equal(3, first.Addresses.Count);
        Assert.Equal(first.Addresses, second.Addresses);
        Assert.All(first.Sizes.Zip(second.Sizes), sizes => Assert.True(sizes.Second >= sizes.First && sizes.First > 30));
        await _fixture.NoDatabaseProcessRemainsAsync(Token);
    }

    // Starts it, waits until all are up, audits them with what was remembered, and stops it.
    private async Task<(IReadOnlyList<string> Addresses, IReadOnlyList<long> Sizes)> RunOnceAsync()
    {
        using var process = Start("demo", "--data", _fixture.Data);
        var errors = process.StandardError.ReadToEndAsync(Token);
        var addresses = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line && !line.Contains("Ctrl-C", StringComparison.Ordinal))
        {
            addresses.AddRange(Address().Matches(line).Select(m => m.Groups[1].Value));
        }

        Assert.True(addresses.Count > 0, addresses.Count > 0 ? null : await errors);
        var audit = await AuditAsync([.. addresses.Distinct()]);
        using var kill = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
        await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return ([.. addresses.Distinct()], audit);
    }

    private async Task<IReadOnlyList<long>> AuditAsync(string[] addresses)
    {
        using var process = Start(["audit", .. addresses, "--json", "--state", Path.Combine(_fixture.Home, "audited")]);
        var errors = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, output + await errors);
        return [.. JsonElement.Parse(output).GetProperty("nodes").EnumerateArray()
            .Select(n => n.GetProperty("checkpoint").GetProperty("size").GetInt64())];
    }

    private static JsonElement Step(JsonElement summary, string name) => summary.GetProperty("steps").EnumerateArray()
        .Single(s => s.GetProperty("name").GetString() == name).GetProperty("result");

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Coop.Node.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("COOP_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^  \S.*\s(http://localhost:\d+)/$")]
    private static partial Regex Address();
}
