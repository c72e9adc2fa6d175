using System.Diagnostics;
using System.Globalization;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;

namespace Coop.Bench;

/// <summary>What it costs one node to follow fifty peers whose logs grow, when the logs are short and when they are long.</summary>
internal static class PeersBench
{
    private const int Peers = 50;
    private const int Growth = 10;
    private const int Rounds = 8;
    private const int Factor = 10;
    private const double Flat = 1.25;
    private const double MiB = 1024 * 1024;

    /// <param name="transactions">The node's database.</param>
    /// <param name="shortSize">Entries of each log at first; ten times as many afterwards.</param>
    public static async IAsyncEnumerable<Figure> RunAsync(Transactions transactions, int shortSize)
    {
        var folder = Directory.CreateTempSubdirectory("coop-bench-");
        var logs = Enumerable.Range(0, Peers).Select(i => new LogOnDisk(
            folder.CreateSubdirectory(i.ToString(CultureInfo.InvariantCulture)), $"peer-{i}.example/log")).ToList();
        try
        {
            await using var server = await LogServer.StartAsync(logs);
            using var http = new OutboundHttp(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });
            var store = new MirrorStore(transactions);
            var followers = logs.Select((log, i) => new LogFollower(
                new PeerLogSource(http, new Uri(server.Address, $"{i}/log"), TimeProvider.System), log.Key, store, new FollowOptions()))
                .ToList();
            // Whole bundles, so that short and long logs keep as much of their last one in memory.
            shortSize = ((shortSize / TilePath.FullWidth) + 1) * TilePath.FullWidth;
            logs.ForEach(log => log.Grow(shortSize - (Rounds * Growth)));
            await MeasureAsync(logs, followers);
            var small = await MeasureAsync(logs, followers);
            logs.ForEach(log => log.Grow((shortSize * Factor) - (int)log.Size));
            var large = await MeasureAsync(logs, followers);
            foreach (var (size, cost) in new[] { (shortSize, small), (shortSize * Factor, large) })
            {
                yield return new($"follow {Peers} peers with {size:N0} entries each: a turn's processor time", cost.CpuMs, "ms");
                yield return new($"follow {Peers} peers with {size:N0} entries each: live heap", cost.HeapMiB, "MiB");
                yield return new($"follow {Peers} peers with {size:N0} entries each: working set", cost.WorkingSetMiB, "MiB");
            }

            yield return Figure.AtMost($"processor time with logs {Factor} times as long", large.CpuMs / small.CpuMs, "ratio", Flat);
            yield return Figure.AtMost($"working set with logs {Factor} times as long", large.WorkingSetMiB / small.WorkingSetMiB, "ratio", Flat);
            yield return Figure.AtMost($"live heap with logs {Factor} times as long", large.HeapMiB / small.HeapMiB, "ratio", Flat);
        }
        finally
        {
            logs.ForEach(log => log.Dispose());
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The cost of one peer's turn, each log having grown a little, once the copies are complete.</summary>
    private static async Task<Cost> MeasureAsync(List<LogOnDisk> logs, List<LogFollower> followers)
    {
        await FollowAllAsync(followers);
        var cpu = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var log in logs)
            {
                log.Grow(Growth);
            }

            var start = Environment.CpuUsage.TotalTime;
            await FollowAllAsync(followers);
            cpu.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds / followers.Count);
        }

        cpu.Sort();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return new Cost(cpu[Rounds / 2], heap / MiB, process.WorkingSet64 / MiB);
    }

    private static async Task FollowAllAsync(List<LogFollower> followers)
    {
        foreach (var follower in followers)
        {
            FollowResult result;
            do
            {
                result = await follower.FollowAsync(CancellationToken.None);
            }
            while (result.Outcome == FollowOutcome.Unfinished);
            if (result.Outcome != FollowOutcome.UpToDate)
            {
                throw new InvalidOperationException($"{result.Outcome}: {result.Finding}");
            }
        }
    }

    private sealed record Cost(double CpuMs, double HeapMiB, double WorkingSetMiB);
}
