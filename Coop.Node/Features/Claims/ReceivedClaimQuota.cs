using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>
/// How much a peer may make this node write down for good: each new claim, and each withdrawal of one that never came,
/// is a row and an event of the own log.
/// </summary>
internal static class ReceivedClaimQuota
{
    /// <summary>In 24 hours, of one peer; a co-op of some thousand members sends all its claims in a day.</summary>
    public const int MaxADay = 10_000;

    /// <exception cref="RefusalException">The peer has sent as many as it may.</exception>
    public static async Task RequireAsync(WriteScope scope, string peerDid, CancellationToken ct)
    {
        if (await ReceivedClaimStore.CountSinceAsync(scope.Connection, peerDid, scope.Now.AddDays(-1), ct) >= MaxADay)
        {
            throw ProblemTypes.TooManyRequests.With($"A peer sends at most {MaxADay} claims and withdrawals of unknown ones in a day.")
                .After(TimeSpan.FromHours(1));
        }
    }
}
