using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;

namespace Coop.Federation.Tests.Replication;

/// <summary>A log that signs two histories is caught, and the evidence stands on its own.</summary>
public class RewrittenLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(256, 257, 255)]
    [InlineData(300, 300, 299)]
    [InlineData(300, 301, 0)]
    [InlineData(300, 5000, 299)]
    [InlineData(512, 5000, 100)]
    [InlineData(5000, 5001, 4999)]
    [InlineData(5000, 70_000, 13)]
    [InlineData(5000, 300, 299)]
    [InlineData(5000, 256, 0)]
    [InlineData(5000, 4999, 4998)]
    public async Task IsProven_WhateverTheSizes(int before, int after, int rewrittenFrom)
    {
        var store = new MemoryMirrorStore();
        await LogFollowerTests.FollowAsync(PublishedLog.Of(before), store);
        var rewritten = PublishedLog.Publish(PublishedLog.MakeEntries(after, rewrittenFrom));
        var result = await LogFollowerTests.FollowAsync(rewritten, store);
        Assert.Equal(FollowOutcome.Equivocation, result.Outcome);
        Assert.Equal(before, result.State.AcceptedSize);

        var evidence = EquivocationEvidence.Parse(result.Evidence!.Encode());
        Assert.Equal(result.Evidence, evidence);
        Assert.Equal(PublishedLog.Key, evidence.LogKey);
        Assert.Equal(Math.Min(before, after), Checkpoint.Parse(evidence.Smaller.Text).Size);
        Assert.Equal(Math.Max(before, after), Checkpoint.Parse(evidence.Larger.Text).Size);
    }

    [Theory]
    [InlineData(700, 1000, 699)]
    [InlineData(700, 3000, 100)]
    [InlineData(700, 2500, 300)]
    public async Task IsProven_WhileTheAcceptedEntriesAreStillUnderWay(int stored, int shown, int rewrittenFrom)
    {
        var store = new MemoryMirrorStore();
        await LogFollowerTests.FollowAsync(PublishedLog.Of(stored), store);
        await LogFollowerTests.FollowAsync(PublishedLog.Of(2000), store, new FollowOptions { BundlesPerTurn = 0 });
        var rewritten = PublishedLog.Publish(PublishedLog.MakeEntries(shown, rewrittenFrom));
        var result = await LogFollowerTests.FollowAsync(rewritten, store);
        if (shown < 2000)
        {
            // The tiles that would prove it are not had from a log that serves another history.
            Assert.Equal(FollowOutcome.Refused, result.Outcome);
            return;
        }

        Assert.Equal(FollowOutcome.Equivocation, result.Outcome);
        result.Evidence!.Verify();
    }

    [Fact]
    public async Task Judges_CheckpointsFromElsewhere_WithNobodysHelp()
    {
        var store = new MemoryMirrorStore();
        await LogFollowerTests.FollowAsync(PublishedLog.Of(5000), store);
        var judge = new CheckpointJudge(store);
        foreach (var size in new[] { 0, 1, 255, 256, 300, 512, 4096, 4999, 5000 })
        {
            Assert.Same(CheckpointVerdict.Continues, await judge.JudgeAsync(PublishedLog.Key, NoteOf(PublishedLog.Of(size)), Ct));
            if (size > 0)
            {
                var other = NoteOf(PublishedLog.Publish(PublishedLog.MakeEntries(size, rewrittenFrom: size - 1)));
                var verdict = await judge.JudgeAsync(PublishedLog.Key, other, Ct);
                EquivocationEvidence.Parse(verdict.Evidence!.Encode());
            }
        }

        Assert.Same(CheckpointVerdict.NotYetKnown, await judge.JudgeAsync(PublishedLog.Key, NoteOf(PublishedLog.Of(5001)), Ct));
    }

    internal static SignedNote NoteOf(PublishedLog log) => SignedNote.Parse(log.Files["checkpoint"]);
}
