using Coop.Node.Governance;

namespace Coop.Node.Tests.Governance;

public sealed class ClosingTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsInTheFuture_AndWithinAYear()
    {
        Assert.False(ClosingTime.IsValid(Now, Now));
        Assert.True(ClosingTime.IsValid(Now.AddMicroseconds(1), Now));
        Assert.True(ClosingTime.IsValid(Now + ClosingTime.Longest, Now));
        Assert.False(ClosingTime.IsValid(Now + ClosingTime.Longest + TimeSpan.FromTicks(1), Now));
    }

    [Fact]
    public void MomentsAreWholeMicroseconds_InUtc()
    {
        var precise = new DateTimeOffset(2026, 5, 1, 20, 0, 0, TimeSpan.FromHours(2)).AddTicks(19);
        var moment = Moment.Of(precise);
        Assert.Equal(Now.AddMicroseconds(1), moment);
        Assert.Equal(TimeSpan.Zero, moment.Offset);
        Assert.Equal(moment, Moment.Of(moment));
    }
}
