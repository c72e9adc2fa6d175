using System.Threading.RateLimiting;
using Coop.Federation.Peering;
using Coop.Node.Http;

namespace Coop.Node.Federation;

/// <summary>
/// How often each may ask: peers as the terms say, everybody else little. Each has a bucket of their own, so that
/// nobody's flood costs another. For this replica alone. Thread-safe.
/// </summary>
public sealed class PeerRates : IDisposable
{
    /// <summary>Steps and questions of whoever has no active peering.</summary>
    private const int WithoutPeeringPerMinute = 60;

    /// <summary>First contacts, for each network address and for each DID.</summary>
    private const int StrangersPerMinute = 20;

    private const int SecondsPerMinute = 60;

    private readonly PartitionedRateLimiter<(string Who, int PerMinute)> _limiter =
        PartitionedRateLimiter.Create<(string Who, int PerMinute), (string, int)>(
            key => RateLimitPartition.GetTokenBucketLimiter(key, _ => Options(key.PerMinute)));

    /// <exception cref="RefusalException">Too often: 429, with the time to wait.</exception>
    public void Take(string did, Peering? peering) => Take(
        did, peering is { State: PeeringState.Active } ? peering.Ours.RequestsPerMinute : WithoutPeeringPerMinute);

    /// <summary>For who is not known yet; <paramref name="source"/> is an address or a DID.</summary>
    /// <exception cref="RefusalException">Too often: 429, with the time to wait.</exception>
    public void TakeStranger(string source) => Take("stranger " + source, StrangersPerMinute);

    public void Dispose() => _limiter.Dispose();

    private void Take(string who, int perMinute)
    {
        using var lease = _limiter.AttemptAcquire((who, perMinute));
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            throw ProblemTypes.TooManyRequests.With("More requests than this co-op answers.").After(wait);
        }
    }

    private static TokenBucketRateLimiterOptions Options(int perMinute) => new()
    {
        TokenLimit = perMinute,
        TokensPerPeriod = Math.Max(1, perMinute / SecondsPerMinute),
        ReplenishmentPeriod = TimeSpan.FromSeconds((double)SecondsPerMinute / Math.Min(perMinute, SecondsPerMinute)),
        QueueLimit = 0,
    };
}
