using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;

namespace Coop.Federation.Tests.Replication;

public class EntanglingRuleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 9, null, 0, true)]
    [InlineData(10, -1, null, 0, false)]
    [InlineData(10, 9, 10, 60, false)]
    [InlineData(10, 9, 9, 60, true)]
    [InlineData(10, 9, 9, 9, false)]
    [InlineData(10, 9, 9, 10, true)]
    [InlineData(12, 9, 10, 60, false)]
    [InlineData(12, 10, 10, 60, true)]
    public async Task Records_WhatIsNew_AndNoAnswersToAnswers(
        int size, long lastOther, int? recorded, int minutesAgo, bool expected)
    {
        var store = new MemoryMirrorStore();
        var state = (await LogFollowerTests.FollowAsync(PublishedLog.Of(size), store)).State with { LastOther = lastOther };
        var last = recorded is { } r ? new RecordedCheckpoint(r, Now.AddMinutes(-minutesAgo)) : null;
        Assert.Equal(expected ? state.Complete : null, EntanglingRule.ToRecord(state, last, Now, Interval));
    }

    [Fact]
    public async Task Waits_UntilTheCopyIsWhole()
    {
        var store = new MemoryMirrorStore();
        await LogFollowerTests.FollowAsync(PublishedLog.Of(300), store);
        var state = (await LogFollowerTests.FollowAsync(PublishedLog.Of(3000), store, new FollowOptions { BundlesPerTurn = 2 })).State;
        Assert.NotNull(state.Complete);
        Assert.Null(EntanglingRule.ToRecord(state, new RecordedCheckpoint(300, Now.AddDays(-1)), Now, Interval));
    }
}
