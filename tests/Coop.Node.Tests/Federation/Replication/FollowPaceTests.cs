using Coop.Federation.Replication;
using Coop.Node.Federation.Replication;

namespace Coop.Node.Tests.Federation.Replication;

public class FollowPaceTests
{
    private static readonly FollowSettings Settings = new();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Visits_AtTheInterval_AFifthEarlierOrLater(double random)
    {
        var pause = FollowPace.Next(Settings, FollowOutcome.UpToDate, 0, null, random);
        Assert.Equal(Settings.Interval.TotalSeconds * (0.8 + (0.4 * random)), pause.TotalSeconds, 3);
    }

    [Fact]
    public void GoesOnAtOnce_WhileThereIsMore() =>
        Assert.Equal(Settings.LeastInterval, FollowPace.Next(Settings, FollowOutcome.Unfinished, 0, null, 0.5));

    [Fact]
    public void BacksOff_WithEachFailure_AndNeverForMoreThanTenMinutes()
    {
        var pauses = Enumerable.Range(1, 60).Select(n => FollowPace.Next(Settings, null, n, null, 0.5)).ToList();
        Assert.Equal([2, 4, 8, 16], pauses.Take(4).Select(p => p.TotalSeconds));
        Assert.Equal(Settings.LongestPause, pauses[^1]);
        Assert.All(pauses.Zip(pauses.Skip(1)), p => Assert.True(p.First <= p.Second));
    }

    [Fact]
    public void Waits_AsLongAsItIsAsked_WithinTheLongestPause()
    {
        Assert.Equal(TimeSpan.FromMinutes(3), FollowPace.Next(Settings, null, 1, TimeSpan.FromMinutes(3), 0.5));
        Assert.Equal(Settings.LongestPause, FollowPace.Next(Settings, null, 1, TimeSpan.FromDays(3), 0.5));
    }
}
