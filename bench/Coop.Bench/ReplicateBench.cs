using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Coop.Federation.Replication;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;

namespace Coop.Bench;

/// <summary>
/// Another log is followed over HTTP on the loopback interface, verified, and kept in the node's database;
/// and hypercore, a signed append-only log of others (bench/others), does the like.
/// </summary>
internal static class ReplicateBench
{
    private const double Goal = 100_000;
    private const int WarmUp = 50_000;
    private const int HypercoreBlocks = 40_000;

    public static async IAsyncEnumerable<Figure> RunAsync(Transactions transactions, int count)
    {
        var folder = Directory.CreateTempSubdirectory("coop-bench-");
        try
        {
            await FollowAsync(transactions, folder.CreateSubdirectory("warm-up"), "warm-up.example/log", Math.Min(count, WarmUp));
            var (rate, cpuRate) = await FollowAsync(transactions, folder.CreateSubdirectory("log"), "peer.example/log", count);
            yield return Figure.AtLeast($"replicate and verify {count:N0} entries over loopback HTTP", rate, "entries/s", Goal);
            yield return new("  the same, for each second of one core (server's included)", cpuRate, "entries/s");
            var theirs = await HypercoreAsync(Math.Min(count, HypercoreBlocks));
            yield return new("hypercore 11.37.0: replicate over loopback TCP", theirs, "blocks/s");
            yield return new("replication against hypercore's", rate / theirs, "ratio");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(double Rate, double CpuRate)> FollowAsync(
        Transactions transactions, DirectoryInfo folder, string origin, int count)
    {
        using var log = new LogOnDisk(folder, origin);
        log.Grow(count);
        await using var server = await LogServer.StartAsync([log]);
        using var http = new OutboundHttp(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });
        var source = new PeerLogSource(http, new Uri(server.Address, "0/log"), TimeProvider.System);
        var follower = new LogFollower(source, log.Key, new MirrorStore(transactions), new FollowOptions());
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        FollowResult result;
        do
        {
            result = await follower.FollowAsync(CancellationToken.None);
        }
        while (result.Outcome == FollowOutcome.Unfinished);
        if (result.Outcome != FollowOutcome.UpToDate || result.State.Size != count)
        {
            throw new InvalidOperationException($"{result.Outcome}: {result.Finding}");
        }

        return (
            count / Stopwatch.GetElapsedTime(start).TotalSeconds,
            count / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
    }

    private static async Task<double> HypercoreAsync(int blocks)
    {
        var folder = Path.Combine(Environment.CurrentDirectory, "bench", "others");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--loglevel=error"], folder);
        }

        var line = await RunAsync("node", ["hypercore.mjs", blocks.ToString(CultureInfo.InvariantCulture)], folder);
        using var figure = JsonDocument.Parse(line);
        return figure.RootElement.GetProperty("value").GetDouble();
    }

    private static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {output}");
    }
}
