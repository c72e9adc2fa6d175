using Coop.Node.Features.Outbox;
using Coop.Node.Federation;

namespace Coop.Node.Tests.Claims;

public sealed class OutboxPaceTests
{
    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(1, 0, 0.75)]
    [InlineData(2, 0.5, 2)]
    [InlineData(11, 0.5, 1024)]
    [InlineData(11, 1, 1280)]
    public void Doubles_AQuarterMoreOrLess(long attempts, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OutboxPace.Next(attempts, random));

    [Fact]
    public void NeverWaitsLongerThanSixHours_HoweverOftenItFailed()
    {
        for (var attempts = 15L; attempts < 2000; attempts++)
        {
            Assert.InRange(OutboxPace.Next(attempts, 1), TimeSpan.FromHours(4), OutboxPace.LongestPause);
        }

        Assert.Equal(TimeSpan.FromHours(6), OutboxPace.Next(long.MaxValue, 0.5));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(409, true)]
    [InlineData(422, true)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(408, false)]
    [InlineData(425, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(302, false)]
    public void Stops_WhereTheAnswerWillNotChange(int status, bool isPermanent) =>
        Assert.Equal(isPermanent, OutboxPace.IsPermanent(new PeerException(status, null, null)));
}
