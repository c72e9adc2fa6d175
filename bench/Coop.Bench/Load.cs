using System.Diagnostics;

namespace Coop.Bench;

/// <summary>Runs one action over and over on a number of connections for a while, and counts.</summary>
internal static class Load
{
    /// <summary>Actions per second, after a warm-up of half the duration: until the JIT has compiled the path for good.</summary>
    /// <param name="connections">Loops that run at once.</param>
    /// <param name="duration">How long is counted.</param>
    /// <param name="action">Given the loop's number and its own count so far; false when there is no more to do.</param>
    public static async Task<double> RateAsync(
        int connections, TimeSpan duration, Func<int, int, Task<bool>> action)
    {
        using var counted = new StrongCount();
        var clock = Stopwatch.StartNew();
        var warmUp = duration / 2;
        var until = warmUp + duration;
        TimeSpan? ended = null;
        var loops = Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            for (var i = 0; clock.Elapsed < until; i++)
            {
                if (!await action(connection, i))
                {
                    ended ??= clock.Elapsed;
                    return;
                }

                if (clock.Elapsed > warmUp)
                {
                    counted.Increment();
                }
            }
        }));
        await Task.WhenAll(loops);
        return counted.Value / ((ended ?? clock.Elapsed) - warmUp).TotalSeconds;
    }

    private sealed class StrongCount : IDisposable
    {
        private readonly ThreadLocal<long[]> _counts = new(() => new long[1], trackAllValues: true);

        public long Value => _counts.Values.Sum(c => c[0]);

        public void Increment() => _counts.Value![0]++;

        public void Dispose() => _counts.Dispose();
    }
}
