using System.Diagnostics;
using Coop.Federation.Audit;

namespace Coop.Bench;

/// <summary>The auditor over a log at hand: every entry, link, tile, the root and the signature, on one core.</summary>
internal static class VerifyBench
{
    private const int WarmUp = 100_000;

    public static async IAsyncEnumerable<Figure> RunAsync(int count)
    {
        await AuditAsync(GeneratedLog.Of(Math.Min(count, WarmUp)));
        var log = GeneratedLog.Of(count);
        var before = Collected();
        var clock = Stopwatch.StartNew();
        var peak = await OnOneCoreAsync(() => AuditAsync(log));
        var rate = count / clock.Elapsed.TotalSeconds;
        yield return Figure.AtLeast($"offline verification of {count:N0} entries, one core", rate, "entries/s", 300_000);
        yield return new("live memory that the verification adds at most", Math.Max(0, peak - before) / (1024.0 * 1024.0), "MiB");
    }

    // Answers the largest size of the live heap that was seen on the way.
    private static async Task<long> AuditAsync(GeneratedLog log)
    {
        var peak = 0L;
        var seen = 0L;
        var progress = new Immediate(p =>
        {
            if (p.EntriesChecked - seen > WarmUp * 4)
            {
                seen = p.EntriesChecked;
                peak = Math.Max(peak, Collected());
            }
        });
        var report = await new LogAuditor(log, log.Key).AuditAsync(progress, CancellationToken.None);
        return report.Finding is null ? peak : throw new InvalidOperationException(report.Finding.ToString());
    }

    private static async Task<T> OnOneCoreAsync<T>(Func<Task<T>> action)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return await action();
        }

        using var process = Process.GetCurrentProcess();
        var cores = process.ProcessorAffinity;
        process.ProcessorAffinity = 1;
        try
        {
            return await Task.Run(action);
        }
        finally
        {
            process.ProcessorAffinity = cores;
        }
    }

    private static long Collected() => GC.GetTotalMemory(forceFullCollection: true);

    private sealed class Immediate(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
