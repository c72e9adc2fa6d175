using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Identity.Json;
using Coop.Identity.Keys;
using PublishedLog = Coop.Federation.Tests.Audit.PublishedLog;

namespace Coop.Federation.Tests.Replication;

/// <summary>Two who were shown different histories find out as soon as one hears what the other saw.</summary>
public class SeenCheckpointsTests
{
    private readonly MemoryMirrorStore _mirrors = new();
    private readonly MemoryPendingCheckpoints _pending = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(999)]
    public async Task CatchesTheLiar_AtOnce_WhereTheCopyGoesAsFar(int seenElsewhere)
    {
        var seen = await SeenAsync(1000);
        Assert.Null(await seen.ReportAsync(PublishedLog.Key, Note(seenElsewhere), Ct));
        var evidence = await seen.ReportAsync(PublishedLog.Key, Note(seenElsewhere, rewrittenFrom: 299), Ct);
        EquivocationEvidence.Parse(evidence!.Encode());
    }

    [Fact]
    public async Task CatchesTheLiar_OnceTheCopyHasGrown()
    {
        var seen = await SeenAsync(100);
        Assert.Null(await seen.ReportAsync(PublishedLog.Key, Note(500, rewrittenFrom: 400), Ct));
        Assert.Null(await seen.ReportAsync(PublishedLog.Key, Note(400), Ct));
        Assert.Null(await seen.ReviewAsync(PublishedLog.Key, Ct));
        Assert.Equal(2, (await _pending.ListAsync(PublishedLog.Origin, Ct)).Count);

        seen = await SeenAsync(450);
        Assert.Null(await seen.ReviewAsync(PublishedLog.Key, Ct));
        Assert.Single(await _pending.ListAsync(PublishedLog.Origin, Ct));

        seen = await SeenAsync(700);
        var (note, evidence) = (await seen.ReviewAsync(PublishedLog.Key, Ct))!.Value;
        evidence.Verify();
        await seen.SettleAsync(PublishedLog.Key, note, Ct);
        Assert.Null(await seen.ReviewAsync(PublishedLog.Key, Ct));
    }

    [Fact]
    public async Task CatchesTheLiar_WithoutACopy_WhenTwoBringTheSameSize()
    {
        var seen = await SeenAsync(0);
        Assert.Null(await seen.ReportAsync(PublishedLog.Key, Note(50), Ct));
        Assert.Null(await seen.ReportAsync(PublishedLog.Key, Note(50), Ct));
        (await seen.ReportAsync(PublishedLog.Key, Note(50, rewrittenFrom: 0), Ct))!.Verify();
    }

    [Fact]
    public async Task KeepsTheSmallest_OfVeryMany()
    {
        var seen = await SeenAsync(0);
        foreach (var size in Enumerable.Range(0, 40).Select(i => 100 + (i * 37 % 40)))
        {
            await seen.ReportAsync(PublishedLog.Key, Note(size), Ct);
        }

        var kept = await _pending.ListAsync(PublishedLog.Origin, Ct);
        Assert.Equal(Enumerable.Range(100, SeenCheckpoints.MaxPending).Select(s => (long)s), kept.Select(n => Checkpoint.Parse(n.Text).Size));
    }

    [Fact]
    public async Task Refuses_WhatTheLogDidNotSign()
    {
        var seen = await SeenAsync(10);
        using var other = Ed25519Key.Generate();
        var forged = RewrittenLogTests.NoteOf(PublishedLog.Publish(PublishedLog.MakeEntries(10), other));
        await Assert.ThrowsAsync<NoteException>(() => seen.ReportAsync(PublishedLog.Key, forged, Ct));
        var elsewhere = RewrittenLogTests.NoteOf(PublishedLog.Publish([], origin: "other.example/log"));
        await Assert.ThrowsAsync<NoteException>(() => seen.ReportAsync(PublishedLog.Key, elsewhere, Ct));
    }

    [Fact]
    public void Reads_WhatAnotherNodeSaw_OnlyAsItsEntryCommitsToIt()
    {
        var note = Note(10);
        var draft = CheckpointSeen.Draft(note);
        Assert.Equal((Visibility.Public, LogSubject.Of(PublishedLog.Origin)), (draft.Visibility, draft.Subject));
        var salt = Enumerable.Repeat((byte)5, 32).ToArray();
        var hash = PayloadHash.Compute(salt, CanonicalJson.Serialize(draft.Payload));
        var served = new JsonObject { ["salt"] = Convert.ToBase64String(salt), ["payload"] = draft.Payload.DeepClone() };
        Assert.Equal(note.ToString(), CheckpointSeen.Read(Utf8(served), hash)!.ToString());

        served["payload"]!["size"] = 11;
        Assert.Null(CheckpointSeen.Read(Utf8(served), hash));
        foreach (var text in new[] { "", "[]", "{}", """{"salt":1,"payload":{}}""", """{"salt":"AAAA","payload":{"note":"x"}}""", """{"salt":"?","payload":{"note":"x"}}""" })
        {
            Assert.Null(CheckpointSeen.Read(Encoding.UTF8.GetBytes(text), hash));
        }
    }

    private async Task<SeenCheckpoints> SeenAsync(int copied)
    {
        await LogFollowerTests.FollowAsync(PublishedLog.Of(copied), _mirrors);
        return new SeenCheckpoints(_mirrors, _pending);
    }

    private static SignedNote Note(int size, int rewrittenFrom = int.MaxValue) =>
        RewrittenLogTests.NoteOf(PublishedLog.Publish(PublishedLog.MakeEntries(size, rewrittenFrom)));

    private static byte[] Utf8(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
