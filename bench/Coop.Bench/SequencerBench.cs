using System.Diagnostics;
using Npgsql;

namespace Coop.Bench;

/// <summary>How fast events get positions, how soon they are signed, and whether that stays so as the log grows.</summary>
internal static class SequencerBench
{
    private const int SmallLog = 10_000;
    private const int Step = 50_000;

    /// <summary>Entries per second from a full intake.</summary>
    public static async IAsyncEnumerable<Figure> ThroughputAsync(NpgsqlDataSource dataSource, int count)
    {
        await DrainAsync(dataSource, SmallLog);
        yield return Figure.AtLeast(
            $"sequencer, {count:N0} events in the intake", await DrainAsync(dataSource, count), "entries/s", 30_000);
    }

    /// <summary>From commit to signed checkpoint at a steady rate of events.</summary>
    public static async IAsyncEnumerable<Figure> LatencyAsync(NpgsqlDataSource dataSource, int perSecond, TimeSpan duration)
    {
        const int groupsPerSecond = 100;
        var latencies = new List<double>();
        var size = await IntakeFiller.LogSizeAsync(dataSource);
        var committed = new Queue<(long Size, TimeSpan At)>();
        var clock = Stopwatch.StartNew();
        using var done = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var group = 0; clock.Elapsed < duration; group++)
            {
                await IntakeFiller.FillAsync(dataSource, perSecond / groupsPerSecond);
                size += perSecond / groupsPerSecond;
                lock (committed)
                {
                    committed.Enqueue((size, clock.Elapsed));
                }

                var next = TimeSpan.FromSeconds((group + 1.0) / groupsPerSecond);
                if (next > clock.Elapsed)
                {
                    await Task.Delay(next - clock.Elapsed);
                }
            }

            await done.CancelAsync();
        });
        while (!done.IsCancellationRequested || Pending(committed))
        {
            var signed = await IntakeFiller.LogSizeAsync(dataSource);
            var now = clock.Elapsed;
            lock (committed)
            {
                while (committed.TryPeek(out var first) && first.Size <= signed)
                {
                    latencies.Add((now - committed.Dequeue().At).TotalMilliseconds);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        await writer;
        latencies.Sort();
        yield return new($"commit to signed checkpoint at {perSecond:N0} events/s, median", At(latencies, 0.5), "ms");
        yield return Figure.AtMost(
            $"commit to signed checkpoint at {perSecond:N0} events/s, p99", At(latencies, 0.99), "ms", 250);
    }

    /// <summary>Append rate and memory with a large log, against those with a small one.</summary>
    public static async IAsyncEnumerable<Figure> GrowthAsync(NpgsqlDataSource dataSource, int total)
    {
        await DrainAsync(dataSource, SmallLog);
        var smallRate = await DrainAsync(dataSource, Step);
        var smallMemory = MemoryMiB();
        var size = await IntakeFiller.LogSizeAsync(dataSource);
        while (size < total)
        {
            await DrainAsync(dataSource, Step);
            size = await IntakeFiller.LogSizeAsync(dataSource);
        }

        var largeRate = await DrainAsync(dataSource, Step);
        var largeMemory = MemoryMiB();
        yield return new($"append rate at {SmallLog:N0} events", smallRate, "entries/s");
        yield return new($"append rate at {size:N0} events", largeRate, "entries/s");
        yield return Figure.AtLeast($"append rate at {size:N0} against {SmallLog:N0}", largeRate / smallRate, "ratio", 0.8);
        yield return new($"memory of node and driver at {SmallLog:N0} events", smallMemory, "MiB");
        yield return new($"memory of node and driver at {size:N0} events", largeMemory, "MiB");
        yield return Figure.AtMost($"memory at {size:N0} against {SmallLog:N0}", largeMemory / smallMemory, "ratio", 1.2);
    }

    private static async Task<double> DrainAsync(NpgsqlDataSource dataSource, int count)
    {
        var before = await IntakeFiller.LogSizeAsync(dataSource);
        await IntakeFiller.FillAsync(dataSource, count);
        var elapsed = await IntakeFiller.WaitForSizeAsync(dataSource, before + count);
        return count / elapsed.TotalSeconds;
    }

    private static bool Pending(Queue<(long, TimeSpan)> committed)
    {
        lock (committed)
        {
            return committed.Count > 0;
        }
    }

    private static double At(List<double> sorted, double quantile) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * quantile))];

    // What is alive, not what the collector has not yet come round to.
    private static double MemoryMiB()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        return process.WorkingSet64 / (1024.0 * 1024.0);
    }
}
