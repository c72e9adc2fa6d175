using Coop.Node.Federation;

namespace Coop.Node.Features.Outbox;

/// <summary>When something that a peer did not take is sent again, and what is not. Pure, but for the random number.</summary>
public static class OutboxPace
{
    /// <summary>So a peer that was away for a month is not hammered when it is back, and hears of all within hours.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    private const int MaxDoublings = 15;
    private const double Jitter = 0.25;

    // What may pass without a change of the message: who asks, when, and how often.
    private static readonly int[] Passing =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status408RequestTimeout, 425,
        StatusCodes.Status429TooManyRequests,
    ];

    /// <summary>1, 2, 4 … seconds, up to <see cref="LongestPause"/>, a quarter more or less.</summary>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="random">Evenly from 0 to 1, so that a hundred nodes do not ask at once.</param>
    public static TimeSpan Next(long attempts, double random)
    {
        var seconds = Math.Pow(2, Math.Clamp(attempts - 1, 0, MaxDoublings));
        var pause = TimeSpan.FromSeconds(seconds * (1 + (Jitter * ((2 * random) - 1))));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>Whether the peer will answer the same to the same message, however often it comes.</summary>
    public static bool IsPermanent(PeerException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Status is >= 400 and < 500 && !Passing.Contains(refusal.Status);
    }
}
