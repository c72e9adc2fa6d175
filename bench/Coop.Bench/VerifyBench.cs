using Coop.Federation.Audit;

namespace Coop.Bench;

/// <summary>The auditor over a log at hand: every entry, link, tile, the root and the signature, on one core.</summary>
internal static class VerifyBench
{
    private const int WarmUp = 100_000;

    public static async IAsyncEnumerable<Figure> RunAsync(int count)
    {
        await AuditAsync(GeneratedLog.Of(Math.Min(count, WarmUp)), null);
        var log = GeneratedLog.Of(count);
        var start = Environment.CpuUsage.TotalTime;
        await AuditAsync(log, null);

        // The auditor reads bundles in parallel. What one core would do is what the processor time says,
        // and that also holds on a machine with other work.
        var rate = count / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        yield return Figure.AtLeast($"offline verification of {count:N0} entries, one core", rate, "entries/s", 300_000);
        yield return new("growth of the live heap from a tenth of them to all", await GrowthAsync(log, count) / (1024.0 * 1024.0), "MiB");
    }

    private static async Task<double> GrowthAsync(GeneratedLog log, int count)
    {
        var samples = new List<long>();
        var next = count / 10;
        await AuditAsync(log, new Immediate(p =>
        {
            if (p.EntriesChecked >= next)
            {
                next += count / 10;
                samples.Add(Collected());
            }
        }));
        return samples[^1] - samples[0];
    }

    private static async Task AuditAsync(GeneratedLog log, IProgress<AuditProgress>? progress)
    {
        var report = await new LogAuditor(log, log.Key).AuditAsync(progress, CancellationToken.None);
        if (report.Finding is { } finding)
        {
            throw new InvalidOperationException(finding.ToString());
        }
    }

    private static long Collected() => GC.GetTotalMemory(forceFullCollection: true);

    private sealed class Immediate(Action<AuditProgress> report) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => report(value);
    }
}
