using Coop.Federation.Replication;

namespace Coop.Node.Federation.Replication;

/// <summary>
/// When a peer is visited next: regularly, sooner while there is more to fetch, later with each failure in a
/// row. Pure, but for the random number that it is given.
/// </summary>
public static class FollowPace
{
    private const double Jitter = 0.2;

    /// <param name="settings">The intervals.</param>
    /// <param name="outcome">How the visit ended; null when the peer did not answer.</param>
    /// <param name="failures">Visits in a row, with this one, that came to nothing.</param>
    /// <param name="asked">How long the peer asked to be left alone; null where it did not.</param>
    /// <param name="random">Evenly from 0 to 1, so that a hundred nodes do not ask at once.</param>
    public static TimeSpan Next(
        FollowSettings settings, FollowOutcome? outcome, int failures, TimeSpan? asked, double random)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var pause = outcome switch
        {
            FollowOutcome.Unfinished or FollowOutcome.Overtaken => settings.LeastInterval,
            FollowOutcome.UpToDate or FollowOutcome.Full => settings.Interval,
            _ => BackOff(settings, failures),
        };
        pause *= 1 + (Jitter * ((2 * random) - 1));
        return asked is { } wait && wait > pause ? Min(wait, settings.LongestPause) : pause;
    }

    private static TimeSpan BackOff(FollowSettings settings, int failures) =>
        Min(settings.FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20)), settings.LongestPause);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
