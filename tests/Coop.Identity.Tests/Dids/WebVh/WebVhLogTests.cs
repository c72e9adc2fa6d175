using Coop.Identity.Dids;
using Coop.Identity.Dids.WebVh;

namespace Coop.Identity.Tests.Dids.WebVh;

public class WebVhLogTests
{
    [Fact]
    public void Creates_ADidThatResolves()
    {
        var log = SampleLog.Create(c => c with { IsPortable = true, TtlSeconds = 60 });
        Assert.Matches("^did:webvh:Qm[1-9A-HJ-NP-Za-km-z]{44}:coop.example$", log.Did);
        Assert.DoesNotContain("{SCID}", log.Text);
        var resolution = log.Resolve();
        Assert.True(resolution.IsResolved, resolution.Detail);
        Assert.Equal(log.Did, resolution.Document.Id);
        Assert.NotNull(resolution.Document.Find(log.Did + "#key-1", VerificationPurpose.AssertionMethod));
        Assert.Equal(log.Entries[0].VersionId, resolution.Metadata.VersionId);
        Assert.Equal(SampleLog.Start, resolution.Metadata.Created);
        Assert.Equal(log.Did.Split(':')[2], resolution.Metadata.Scid);
        Assert.True(resolution.Metadata.IsPortable);
        Assert.Equal(TimeSpan.FromMinutes(1), resolution.Metadata.TimeToLive);
    }

    [Fact]
    public void Rotates_Keys()
    {
        var log = SampleLog.Create()
            .Append(1, c => c with { UpdateKeys = [SampleLog.Multikey(2)] })
            .Append(2);
        Assert.Null(log.Verify().Fault);
        Assert.Equal(3, log.Verify().Entries.Count);
        Assert.Equal(WebVhCodes.KeyNotAuthorized, Assert.Throws<DidException>(() => log.Append(1)).Code);
    }

    [Fact]
    public void Rotates_ToCommittedKeysAlone()
    {
        var log = SampleLog.Create(c => c with { NextKeyHashes = [SampleLog.Hash(2), SampleLog.Hash(3)] })
            .Append(2, c => c with { UpdateKeys = [SampleLog.Multikey(2)], NextKeyHashes = [SampleLog.Hash(4)] });
        Assert.Null(log.Verify().Fault);
        Refuses(WebVhCodes.KeyNotCommitted, 5, c => c with { UpdateKeys = [SampleLog.Multikey(5)], NextKeyHashes = [] });
        Refuses(WebVhCodes.PreRotation, 4, c => c with { UpdateKeys = [SampleLog.Multikey(4)] });
        Refuses(WebVhCodes.PreRotation, 4, c => c with { NextKeyHashes = [] });
        Refuses(WebVhCodes.KeyNotAuthorized, 2, c => c with { UpdateKeys = [SampleLog.Multikey(4)], NextKeyHashes = [] });

        // The entry that ends pre-rotation is still bound by it; the one after is not.
        log.Append(4, c => c with { UpdateKeys = [SampleLog.Multikey(4)], NextKeyHashes = [] });
        log.Append(4, c => c with { UpdateKeys = [SampleLog.Multikey(6)] }).Append(6);
        Assert.Null(log.Verify().Fault);

        void Refuses(string code, byte key, Func<WebVhChange, WebVhChange> with)
        {
            var refusal = Assert.Throws<DidException>(() => WebVhLog.Append(
                log.Bytes,
                with(new WebVhChange { State = log.Entries[^1].State, Time = log.Time.AddMinutes(1) }),
                SampleLog.Key(key)));
            Assert.Equal(code, refusal.Code);
        }
    }

    [Fact]
    public void Ends_WithDeactivation()
    {
        var log = SampleLog.Create().Append(1, c => c with { Deactivate = true, UpdateKeys = [] });
        var resolution = log.Resolve();
        Assert.Equal(DidError.Deactivated, resolution.Error);
        Assert.True(resolution.Metadata.IsDeactivated);
        Assert.Equal(WebVhCodes.AfterDeactivation, Assert.Throws<DidException>(() => log.Append(1)).Code);
        Assert.True(log.Resolve("?versionNumber=1").IsResolved);
        Assert.Equal(DidError.Deactivated, log.Resolve("?versionNumber=2").Error);
    }

    [Fact]
    public void Moves_APortableDid_ThatNamesItsFormerSelf()
    {
        var log = SampleLog.Create(c => c with { IsPortable = true });
        var (before, after) = (log.Did, log.Did.Replace("coop.example", "other.example:path"));
        var moved = SampleLog.Document(after);
        Assert.Equal(WebVhCodes.Moved, Assert.Throws<DidException>(() => log.Append(1, c => c with { State = moved })).Code);
        moved["alsoKnownAs"] = new System.Text.Json.Nodes.JsonArray(before);
        log.Append(1, c => c with { State = moved });
        Assert.Equal(after, log.Resolve().Document!.Id);

        // The former name leads to the same history.
        Assert.Equal(after, log.Verify().Resolve(DidUrl.Parse(before)).Document!.Id);
        Assert.Equal(before, log.Verify().Resolve(DidUrl.Parse(before + "?versionNumber=1")).Document!.Id);

        // Without portability the same step is refused.
        var bound = SampleLog.Create();
        moved = SampleLog.Document(bound.Did.Replace("coop.example", "other.example"));
        moved["alsoKnownAs"] = new System.Text.Json.Nodes.JsonArray(bound.Did);
        Assert.Equal(WebVhCodes.Moved, Assert.Throws<DidException>(() => bound.Append(1, c => c with { State = moved })).Code);
    }

    [Fact]
    public void Answers_TheVersionThatIsAskedFor()
    {
        var log = SampleLog.Create().Append(1).Append(1);
        Assert.Equal(log.Entries[1].VersionId, log.Resolve("?versionNumber=2").Metadata.VersionId);
        Assert.Equal(log.Entries[1].VersionId, log.Resolve("?versionId=" + log.Entries[1].VersionId).Metadata.VersionId);
        Assert.Equal(log.Entries[0].VersionId, log.Resolve("?versionTime=2026-03-01T12:00:59Z").Metadata.VersionId);
        Assert.Equal(log.Entries[1].VersionId, log.Resolve("?versionTime=2026-03-01T12:01:00Z").Metadata.VersionId);
        Assert.Equal(log.Entries[2].VersionId, log.Resolve("?versionTime=2030-01-01T00:00:00Z").Metadata.VersionId);
        Assert.Equal(DidError.NotFound, log.Resolve("?versionTime=2026-03-01T11:59:59Z").Error);
        Assert.Equal(DidError.NotFound, log.Resolve("?versionNumber=4").Error);
        Assert.Equal(DidError.NotFound, log.Resolve("?versionId=2-Qm").Error);
        Assert.Equal(DidError.NotFound, log.Resolve("?versionNumber=1&versionId=" + log.Entries[1].VersionId).Error);
        Assert.Equal(DidError.InvalidDid, log.Resolve("?versionTime=yesterday").Error);
        Assert.Equal(DidError.InvalidDid, log.Resolve("?versionNumber=two").Error);
    }

    [Fact]
    public void Refuses_WhatOthersWouldRefuse()
    {
        Assert.Equal(WebVhCodes.Parameters, Assert.Throws<DidException>(
            () => SampleLog.Create(c => c with { UpdateKeys = null })).Code);
        Assert.Equal(WebVhCodes.KeyNotAuthorized, Assert.Throws<DidException>(
            () => SampleLog.Create(c => c with { UpdateKeys = [SampleLog.Multikey(2)] })).Code);
        Assert.Equal(WebVhCodes.Id, Assert.Throws<DidException>(
            () => SampleLog.Create(place: "192.0.2.1")).Code);
        Assert.Equal(WebVhCodes.TimeOrder, Assert.Throws<DidException>(
            () => SampleLog.Create().Append(1, c => c with { Time = SampleLog.Start })).Code);
    }

    [Fact]
    public void Writes_TwoEntriesWithinASecond()
    {
        var log = SampleLog.Create().Append(1, c => c with { Time = SampleLog.Start.AddMilliseconds(1) });
        Assert.Equal("2026-03-01T12:00:00.001Z", log.Entries[1].Json["versionTime"]!.GetValue<string>());
        Assert.Null(log.Verify().Fault);
    }
}
