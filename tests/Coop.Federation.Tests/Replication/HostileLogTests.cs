using System.Text;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Identity.Keys;

namespace Coop.Federation.Tests.Replication;

/// <summary>Logs that answer what they should not: refused with the words of an audit, and nothing of it is stored.</summary>
public class HostileLogTests
{
    private static readonly PublishedLog Log = PublishedLog.Of(3000);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, FindingCode> Changes => new()
    {
        { "tile/entries/005", "flip", FindingCode.EntryChanged },
        { "tile/entries/005", "other", FindingCode.EntryChanged },
        { "tile/entries/005", "short", FindingCode.EntryMissing },
        { "tile/entries/005", "cut", FindingCode.EntryMalformed },
        { "tile/entries/005", "long", FindingCode.BundleTrailing },
        { "tile/entries/005", "endless", FindingCode.EntryMalformed },
        { "tile/entries/005", "utf8", FindingCode.EntryMalformed },
        { "tile/entries/005", "gone", FindingCode.FileMissing },
        { "tile/entries/011.p/184", "other", FindingCode.EntryChanged },
        { "tile/entries/011.p/184", "long", FindingCode.BundleTrailing },
        { "tile/0/011.p/184", "flip", FindingCode.RootMismatch },
        { "tile/0/011.p/184", "long", FindingCode.TileSize },
        { "tile/0/011.p/184", "gone", FindingCode.FileMissing },
        { "tile/1/000.p/11", "flip", FindingCode.RootMismatch },
        { "checkpoint", "flip", FindingCode.CheckpointSignature },
        { "checkpoint", "utf8", FindingCode.CheckpointMalformed },
        { "checkpoint", "endless", FindingCode.CheckpointMalformed },
        { "checkpoint", "gone", FindingCode.FileMissing },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Refuses_WhatIsNotAsSigned(string path, string change, FindingCode code)
    {
        var store = new MemoryMirrorStore();
        var log = Log.With(path, Change(path, change));
        var result = await LogFollowerTests.FollowAsync(log, store);
        Assert.Equal((FollowOutcome.Refused, code), (result.Outcome, result.Finding?.Code ?? default));
        var state = await store.ReadAsync(PublishedLog.Origin, Ct);
        Assert.Null(state.Complete);
        Assert.Equal(path.StartsWith("tile/entries/005", StringComparison.Ordinal) ? 5 * 256 : path.Contains("entries", StringComparison.Ordinal) ? 11 * 256 : 0, state.Size);

        Assert.Equal(FollowOutcome.UpToDate, (await LogFollowerTests.FollowAsync(Log, store)).Outcome);
        await LogFollowerTests.AssertCopyAsync(Log, store);
    }

    [Fact]
    public async Task Names_TheEntryThatWasChanged()
    {
        var entries = PublishedLog.MakeEntries(3000);
        entries[1300] = PublishedLog.MakeEntries(1301, rewrittenFrom: 1300)[1300];
        var result = await LogFollowerTests.FollowAsync(Log.WithStoredEntries(entries), new MemoryMirrorStore());
        Assert.Equal((FindingCode.EntryChanged, 1300), (result.Finding!.Code, result.Finding.Entry));
    }

    [Fact]
    public async Task Refuses_AChainThatWasSignedBroken()
    {
        var entries = PublishedLog.MakeEntries(600);
        entries[299] = PublishedLog.MakeEntries(300, rewrittenFrom: 299)[299];
        var result = await LogFollowerTests.FollowAsync(PublishedLog.Publish(entries), new MemoryMirrorStore());
        Assert.Equal((FindingCode.ChainBroken, 300), (result.Finding!.Code, result.Finding.Entry));
    }

    [Fact]
    public async Task Refuses_AChainThatWasSignedBroken_BetweenBundles()
    {
        var entries = PublishedLog.MakeEntries(600);
        entries[255] = PublishedLog.MakeEntries(256, rewrittenFrom: 255)[255];
        var result = await LogFollowerTests.FollowAsync(PublishedLog.Publish(entries), new MemoryMirrorStore());
        Assert.Equal((FindingCode.ChainBroken, 256), (result.Finding!.Code, result.Finding.Entry));
    }

    [Fact]
    public async Task Refuses_AnotherOrigin_AndEntriesOfAnotherOrigin()
    {
        var other = PublishedLog.Publish(PublishedLog.MakeEntries(3), origin: "other.example/log");
        Assert.Equal(FindingCode.CheckpointOrigin, (await LogFollowerTests.FollowAsync(other, new MemoryMirrorStore())).Finding!.Code);

        var mixed = PublishedLog.Publish(PublishedLog.MakeEntries(3, origin: "other.example/log"));
        Assert.Equal(FindingCode.EntryOrigin, (await LogFollowerTests.FollowAsync(mixed, new MemoryMirrorStore())).Finding!.Code);
    }

    [Fact]
    public async Task Refuses_AnotherKey()
    {
        using var key = Ed25519Key.Generate();
        var log = PublishedLog.Publish(PublishedLog.MakeEntries(3), key);
        Assert.Equal(FindingCode.CheckpointSignature, (await LogFollowerTests.FollowAsync(log, new MemoryMirrorStore())).Finding!.Code);
    }

    [Theory]
    [InlineData(long.MaxValue, FindingCode.CheckpointMalformed)]
    [InlineData((1L << 53) + 1, FindingCode.CheckpointMalformed)]
    [InlineData(1L << 53, FindingCode.FileMissing)]
    [InlineData(3001, FindingCode.FileMissing)]
    public async Task Refuses_SizesBeyondWhatIsThere(long size, FindingCode code)
    {
        var checkpoint = new Checkpoint(PublishedLog.Origin, size, new byte[32]).Sign(PublishedLog.SigningKey);
        var result = await LogFollowerTests.FollowAsync(Log.With("checkpoint", checkpoint.Encode()), new MemoryMirrorStore());
        Assert.Equal(code, result.Finding!.Code);
    }

    [Fact]
    public async Task Refuses_ASmallerLog_ThatIsOfTheSameHistory()
    {
        var store = new MemoryMirrorStore();
        await LogFollowerTests.FollowAsync(Log, store);
        var result = await LogFollowerTests.FollowAsync(PublishedLog.Of(2000), store);
        Assert.Equal((FollowOutcome.Refused, FindingCode.LogShrank), (result.Outcome, result.Finding!.Code));
        Assert.Equal(3000, result.State.Size);
    }

    [Fact]
    public async Task Refuses_SignatureLinesByTheThousand()
    {
        var note = Encoding.UTF8.GetString(Log.Files["checkpoint"]);
        var line = note.Split('\n')[^2];
        var many = note + string.Concat(Enumerable.Repeat(line + "\n", 500));
        var result = await LogFollowerTests.FollowAsync(Log.With("checkpoint", Encoding.UTF8.GetBytes(many)), new MemoryMirrorStore());
        Assert.Equal(FindingCode.CheckpointMalformed, result.Finding!.Code);
    }

    private static byte[]? Change(string path, string change)
    {
        var bytes = Log.Files[path].ToArray();
        switch (change)
        {
            case "gone":
                return null;
            case "short":
                var first = (bytes[0] << 8) + bytes[1] + 2;
                return bytes[..first];
            case "cut":
                return bytes[..^7];
            case "long":
                return [.. bytes, .. new byte[32]];
            case "endless":
                return [.. bytes[..^1], .. new byte[1024 * 1024]];
            case "utf8":
                bytes[path == "checkpoint" ? 3 : 40] = 0xff;
                return bytes;
            case "other":
                // Another entry in canonical form at its place.
                var index = int.Parse(path[13..16], System.Globalization.CultureInfo.InvariantCulture) * 256;
                var entries = PublishedLog.MakeEntries(Log.Entries.Count);
                entries[index + 7] = PublishedLog.MakeEntries(index + 8, rewrittenFrom: index + 7)[index + 7];
                return PublishedLog.Publish(entries).Files[path];
            default:
                bytes[path == "checkpoint" ? bytes.Length - 10 : 25] ^= 1;
                return bytes;
        }
    }
}
