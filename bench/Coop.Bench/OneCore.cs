using System.Diagnostics;

namespace Coop.Bench;

/// <summary>Counts how often one thread does something.</summary>
internal static class OneCore
{
    // The clock is read once in so many, so that it does not weigh on what takes a microsecond.
    private const int Batch = 64;

    /// <summary>Actions per second, after a warm-up of half the duration: until the JIT is done.</summary>
    public static double Rate(TimeSpan duration, Action action)
    {
        Count(duration / 2, action);
        return Count(duration, action);
    }

    private static double Count(TimeSpan duration, Action action)
    {
        var clock = Stopwatch.StartNew();
        var count = 0L;
        while (clock.Elapsed < duration)
        {
            for (var i = 0; i < Batch; i++)
            {
                action();
            }

            count += Batch;
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
