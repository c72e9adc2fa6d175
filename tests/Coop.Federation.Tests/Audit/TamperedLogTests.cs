using System.Security.Cryptography;
using System.Text;
using Coop.Federation.Audit;

namespace Coop.Federation.Tests.Audit;

/// <summary>Every way to change a log: each is caught, and the entry is named exactly.</summary>
public class TamperedLogTests
{
    private const int SmallSize = 6;
    private const int TwoTileSize = 259;

    public static TheoryData<int, int> EveryEntryOfLogs()
    {
        var data = new TheoryData<int, int>();
        foreach (var size in new[] { 1, 2, 3, SmallSize, 256, TwoTileSize })
        {
            foreach (var entry in Enumerable.Range(0, size).Where(e => e < 4 || e > size - 7 || e % 50 == 0))
            {
                data.Add(size, entry);
            }
        }

        return data;
    }

    [Fact]
    public async Task Names_TheEntry_WhenAnyByteOfABundleIsFlipped()
    {
        var log = PublishedLog.Of(SmallSize);
        var path = $"tile/entries/000.p/{SmallSize}";
        var owners = Owners(log.Entries);
        for (var i = 0; i < owners.Length; i++)
        {
            var finding = (await log.With(path, Flip(log.Files[path], i, i % 8)).AuditAsync()).Finding;
            Assert.True(finding?.Entry == owners[i] && finding.LastEntry == owners[i], $"{finding} for byte {i}");
        }
    }

    [Fact]
    public async Task Names_TheEntry_WhenAnyByteOfAStoredEntryIsFlipped()
    {
        // The node recomputes the partial tile from the changed entry, so the tile says nothing.
        var log = PublishedLog.Of(SmallSize);
        for (var entry = 0; entry < SmallSize; entry++)
        {
            for (var i = 0; i < log.Entries[entry].Length; i++)
            {
                var changed = Replace(log.Entries, entry, Flip(log.Entries[entry], i, i % 8));
                var finding = (await log.WithStoredEntries(changed).AuditAsync()).Finding;
                Assert.True(finding?.Entry == entry && finding.LastEntry == entry, $"{finding} for entry {entry}, byte {i}");
            }
        }
    }

    [Fact]
    public async Task Names_TheTileAndItsEntry_WhenAnyByteOfATileIsFlipped()
    {
        var log = PublishedLog.Of(SmallSize);
        var path = $"tile/0/000.p/{SmallSize}";
        for (var i = 0; i < log.Files[path].Length; i++)
        {
            var finding = (await log.With(path, Flip(log.Files[path], i, i % 8)).AuditAsync()).Finding;
            Assert.True(finding?.Code == FindingCode.TileMismatch && finding.Entry == i / 32 && finding.LastEntry == i / 32, $"{finding} for byte {i}");
        }
    }

    [Fact]
    public async Task Names_TheEntry_WhenAByteIsFlipped_InALogOfSeveralBundles()
    {
        var log = PublishedLog.Of(TwoTileSize);
        foreach (var path in new[] { "tile/entries/000", $"tile/entries/001.p/{TwoTileSize - 256}" })
        {
            var first = path.EndsWith("000", StringComparison.Ordinal) ? 0 : 256;
            var owners = Owners(log.Entries.Skip(first).Take(256));
            for (var i = 0; i < owners.Length; i += 61)
            {
                var finding = (await log.With(path, Flip(log.Files[path], i, 0)).AuditAsync()).Finding;
                Assert.True(finding?.Entry == first + owners[i] && finding.LastEntry == finding.Entry, $"{finding} for byte {i} of {path}");
            }
        }
    }

    [Fact]
    public async Task Names_TheTileAndItsEntries_WhenAByteIsFlipped_InALogOfSeveralTiles()
    {
        var log = PublishedLog.Of(TwoTileSize);
        foreach (var (path, first, covers) in new[] { ("tile/0/000", 0, 1), ("tile/0/001.p/3", 256, 1), ("tile/1/000.p/1", 0, 256) })
        {
            for (var i = 0; i < log.Files[path].Length; i += 11)
            {
                var finding = (await log.With(path, Flip(log.Files[path], i, i % 8)).AuditAsync()).Finding;
                var entry = first + (i / 32 * covers);
                Assert.True(
                    finding?.Code == FindingCode.TileMismatch && finding.Entry == entry && finding.LastEntry == entry + covers - 1,
                    $"{finding} for byte {i} of {path}");
            }
        }
    }

    [Fact]
    public async Task Finds_AnyBitFlippedInTheCheckpoint()
    {
        var log = PublishedLog.Of(SmallSize);
        var codes = new HashSet<FindingCode>();
        for (var i = 0; i < log.Files["checkpoint"].Length * 8; i++)
        {
            var report = await log.With("checkpoint", Flip(log.Files["checkpoint"], i / 8, i % 8)).AuditAsync();
            Assert.NotNull(report.Finding);
            Assert.Null(report.State);
            codes.Add(report.Finding.Code);
        }

        Assert.Equal(
            [FindingCode.CheckpointMalformed, FindingCode.CheckpointOrigin, FindingCode.CheckpointSignature],
            codes.Order());
    }

    [Theory]
    [MemberData(nameof(EveryEntryOfLogs))]
    public async Task Names_TheEntry_WhenItIsChangedInTheDatabase(int size, int entry)
    {
        var log = PublishedLog.Of(size);
        var changed = Replace(log.Entries, entry, Edit(log.Entries[entry], "vote.cast", "vote.lost"));
        var finding = (await log.WithStoredEntries(changed).AuditAsync()).Finding;
        Assert.Equal((entry, entry), (finding?.Entry, finding?.LastEntry));
        Assert.Contains(finding!.Code, new[] { FindingCode.EntryChanged, FindingCode.RootMismatch });
    }

    [Theory]
    [MemberData(nameof(EveryEntryOfLogs))]
    public async Task Names_TheEntry_WhenItsLinkIsChangedInTheDatabase(int size, int entry)
    {
        var log = PublishedLog.Of(size);
        var text = Encoding.ASCII.GetString(log.Entries[entry]);
        var at = text.IndexOf("\"prev\":\"", StringComparison.Ordinal) + 8;
        var changed = Replace(log.Entries, entry, Flip(log.Entries[entry], at + 10, 0));
        var finding = (await log.WithStoredEntries(changed).AuditAsync()).Finding;
        Assert.Equal((entry, entry), (finding?.Entry, finding?.LastEntry));
    }

    [Theory]
    [MemberData(nameof(EveryEntryOfLogs))]
    public async Task Names_TheEntry_WhenItIsDropped(int size, int entry)
    {
        var log = PublishedLog.Of(size);
        var bundle = entry / 256;
        var kept = log.Entries.Skip(bundle * 256).Take(256).Where((_, i) => (bundle * 256) + i != entry).ToList();
        var path = log.Files.Keys.Single(p => p.StartsWith($"tile/entries/00{bundle}", StringComparison.Ordinal));
        var finding = (await log.With(path, Bundle(kept)).AuditAsync()).Finding;
        Assert.Equal((entry, entry), (finding?.Entry, finding?.LastEntry));
        Assert.Contains(finding!.Code, new[] { FindingCode.EntryPosition, FindingCode.EntryMissing });
    }

    [Theory]
    [MemberData(nameof(EveryEntryOfLogs))]
    public async Task Names_TheFirst_WhenTwoAreReordered(int size, int entry)
    {
        if (entry + 1 == size)
        {
            return;
        }

        var log = PublishedLog.Of(size);
        var entries = log.Entries.ToList();
        (entries[entry], entries[entry + 1]) = (entries[entry + 1], entries[entry]);
        var finding = (await log.WithStoredEntries(entries).AuditAsync()).Finding;
        Assert.Equal((FindingCode.EntryPosition, entry), (finding?.Code, finding?.Entry));
    }

    [Theory]
    [MemberData(nameof(EveryEntryOfLogs))]
    public async Task Names_TheFirst_WhenTwoAreReordered_AndTheirPositionsCorrected(int size, int entry)
    {
        if (entry + 1 == size)
        {
            return;
        }

        var log = PublishedLog.Of(size);
        var entries = log.Entries.ToList();
        entries[entry] = Edit(log.Entries[entry + 1], $"\"seq\":{entry + 1},", $"\"seq\":{entry},");
        entries[entry + 1] = Edit(log.Entries[entry], $"\"seq\":{entry},", $"\"seq\":{entry + 1},");
        var finding = (await log.WithStoredEntries(entries).AuditAsync()).Finding;
        Assert.Equal((FindingCode.EntryChanged, entry), (finding?.Code, finding?.Entry));
    }

    [Theory]
    [InlineData(SmallSize, 0, 1)]
    [InlineData(SmallSize, 0, 3)]
    [InlineData(SmallSize, 2, 3)]
    [InlineData(TwoTileSize, 3, 257)]
    [InlineData(TwoTileSize, 255, 256)]
    [InlineData(TwoTileSize, 256, 257)]
    public async Task Names_TheFirst_WhenSeveralAreChanged(int size, int first, int second)
    {
        var log = PublishedLog.Of(size);
        var changed = Replace(log.Entries, first, Edit(log.Entries[first], "vote.cast", "vote.lost"));
        changed = Replace(changed, second, Edit(log.Entries[second], "vote.cast", "vote.lost"));
        var finding = (await log.WithStoredEntries(changed).AuditAsync()).Finding;
        Assert.Equal((FindingCode.EntryChanged, first, first), (finding?.Code, finding?.Entry, finding?.LastEntry));
    }

    [Theory]
    [InlineData(SmallSize, 2)]
    [InlineData(TwoTileSize, 0)]
    [InlineData(TwoTileSize, 256)]
    public async Task Names_TheEntry_WhenTheLogItselfSignedAFalseLink(int size, int entry)
    {
        var text = Encoding.ASCII.GetString(PublishedLog.MakeEntries(size)[entry]);
        var at = text.IndexOf("\"prev\":\"", StringComparison.Ordinal) + 8;
        var entries = PublishedLog.MakeEntries(size);
        entries[entry] = Edit(entries[entry], text[at..(at + 44)], Convert.ToBase64String(SHA256.HashData("another"u8)));
        Relink(entries, entry + 1);
        var finding = (await PublishedLog.Publish(entries).AuditAsync()).Finding;
        Assert.Equal((FindingCode.ChainBroken, entry, entry), (finding?.Code, finding?.Entry, finding?.LastEntry));
    }

    [Fact]
    public async Task Names_TheFile_WhenItIsMissing_OrOfAnotherLength()
    {
        var log = PublishedLog.Of(TwoTileSize);
        foreach (var path in log.Files.Keys.Where(p => p != "checkpoint"))
        {
            var missing = (await log.With(path, null).AuditAsync()).Finding;
            Assert.Equal((FindingCode.FileMissing, path), (missing?.Code, missing?.File));
            var longer = (await log.With(path, [.. log.Files[path], 0]).AuditAsync()).Finding;
            Assert.Equal(path, longer?.File);
            var shorter = (await log.With(path, log.Files[path][..^1]).AuditAsync()).Finding;
            Assert.Equal(path, shorter?.File);
            Assert.NotNull((await log.With(path, []).AuditAsync()).Finding);
        }
    }

    [Fact]
    public async Task Finds_ATreeOfAnotherRoot_WhereEverythingElseFits()
    {
        var log = PublishedLog.Of(SmallSize);
        var rewritten = PublishedLog.Publish(PublishedLog.MakeEntries(SmallSize, rewrittenFrom: 3));
        var finding = (await rewritten.With("checkpoint", log.Files["checkpoint"]).AuditAsync()).Finding;
        Assert.Equal((FindingCode.RootMismatch, SmallSize - 1), (finding?.Code, finding?.Entry));
    }

    private static int[] Owners(IEnumerable<byte[]> entries) =>
        [.. entries.SelectMany((e, i) => Enumerable.Repeat(i, e.Length + 2))];

    private static byte[] Bundle(IEnumerable<byte[]> entries) =>
        [.. entries.SelectMany(e => (byte[])[(byte)(e.Length >> 8), (byte)(e.Length & 0xff), .. e])];

    private static byte[] Flip(byte[] bytes, int i, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[i] ^= (byte)(1 << bit);
        return changed;
    }

    private static List<byte[]> Replace(IEnumerable<byte[]> entries, int index, byte[] entry) =>
        [.. entries.Select((e, i) => i == index ? entry : e)];

    private static byte[] Edit(byte[] entry, string from, string to)
    {
        var text = Encoding.ASCII.GetString(entry);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.ASCII.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    private static void Relink(List<byte[]> entries, int from)
    {
        for (var i = from; i < entries.Count; i++)
        {
            var text = Encoding.ASCII.GetString(entries[i]);
            var at = text.IndexOf("\"prev\":\"", StringComparison.Ordinal) + 8;
            entries[i] = Encoding.ASCII.GetBytes(
                text[..at] + Convert.ToBase64String(SHA256.HashData([0, .. entries[i - 1]])) + text[(at + 44)..]);
        }
    }
}
