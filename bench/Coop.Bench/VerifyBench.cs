using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Bench;

/// <summary>The auditor over a log at hand: every entry, link, tile, the root and the signature, on one core.</summary>
internal static class VerifyBench
{
    private const int WarmUp = 100_000;
    private const double MiB = 1024.0 * 1024.0;

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
        yield return new("growth of the live heap from a tenth of them to all", await GrowthAsync(count, p => AuditAsync(log, p)) / MiB, "MiB");

        // A federation's audit: the log of one node, then the copy that the other keeps.
        var nodes = new CopiedLog(log);
        yield return new($"the same over a log of {count:N0} entries and its copy at a peer", await GrowthAsync(2 * count, p => AuditAsync(nodes, p)) / MiB, "MiB");
    }

    private static async Task<double> GrowthAsync(int count, Func<IProgress<AuditProgress>, Task> audit)
    {
        var samples = new List<long>();
        var (next, done, last) = (count / 10, 0L, 0L);
        await audit(new Immediate(p =>
        {
            // Each log of an audit counts from zero.
            done += p.EntriesChecked - (p.EntriesChecked < last ? 0 : last);
            last = p.EntriesChecked;
            if (done >= next)
            {
                next += count / 10;
                samples.Add(Collected());
            }
        }));
        return samples[^1] - samples[0];
    }

    private static async Task AuditAsync(CopiedLog nodes, IProgress<AuditProgress> progress)
    {
        var auditor = new FederationAuditor(nodes.Open, FederationTrust.None, TimeSpan.Zero, TimeProvider.System);
        var report = await auditor.RunAsync(CopiedLog.Addresses, _ => progress, CancellationToken.None);
        if (report.IsFault || !report.IsComplete || report.Pairs.Count(p => p.Mirror is { Agrees: true }) != 1)
        {
            throw new InvalidOperationException(string.Join(' ', report.Findings.Select(f => f.Detail)));
        }
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
