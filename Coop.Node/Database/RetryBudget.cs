using System.Diagnostics;
using System.Security.Cryptography;

namespace Coop.Node.Database;

/// <summary>
/// How often and how long one operation is tried again. The waits are random, so that transactions
/// that met do not meet again, and run on the machine's clock, whatever clock the node was given.
/// </summary>
internal sealed class RetryBudget(int maxAttempts, TimeSpan patience)
{
    private const int MaxBackoffMs = 500;
    private const int MaxDoublings = 9;

    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Attempts so far, the current one included.</summary>
    public int Attempt { get; private set; } = 1;

    public bool IsSpent => Attempt >= maxAttempts || Stopwatch.GetElapsedTime(_started) >= patience;

    /// <summary>Waits, and counts the next attempt.</summary>
    public async Task BackOffAsync(CancellationToken ct)
    {
        var ceilingMs = Math.Min(MaxBackoffMs, 1 << Math.Min(Attempt, MaxDoublings));
        Attempt++;
        await Task.Delay(RandomNumberGenerator.GetInt32(1, ceilingMs + 1), ct);
    }
}
