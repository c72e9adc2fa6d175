using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Tests.Audit;

/// <summary>What a later audit makes of what an earlier one remembers.</summary>
public sealed class RememberedLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coop-audit-").FullName;

    private string StatePath => Path.Combine(_folder, "state.json");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    [InlineData(5, 9)]
    [InlineData(5, 300)]
    [InlineData(255, 256)]
    [InlineData(256, 256)]
    [InlineData(256, 257)]
    [InlineData(300, 1025)]
    [InlineData(6000, 6001)]
    public async Task Holds_AndFetchesOnlyWhatIsNew(int before, int after)
    {
        var state = await RememberAsync(PublishedLog.Of(before));
        var log = PublishedLog.Of(after);
        var report = await log.AuditAsync(state);
        Assert.Null(report.Finding);
        Assert.Equal(after - (before / 256 * 256), report.EntriesChecked);
        Assert.DoesNotContain(log.Fetched, p => before / 256 > 0 && p == "tile/entries/000");

        var whole = (await PublishedLog.Of(after).AuditAsync()).State!;
        AssertSame(whole, report.State!);
    }

    [Fact]
    public async Task Holds_OverManySmallSteps()
    {
        var entries = PublishedLog.MakeEntries(1100);
        AuditState? state = null;
        for (var size = 0; size <= entries.Count; size += 37)
        {
            var report = await PublishedLog.Publish(entries[..size]).AuditAsync(state);
            Assert.Null(report.Finding);
            state = report.State!;
            Assert.True(state.IsWhole());
        }
    }

    [Theory]
    [InlineData(5, 5, 0)]
    [InlineData(5, 5, 4)]
    [InlineData(5, 9, 3)]
    [InlineData(300, 300, 299)]
    [InlineData(300, 300, 256)]
    [InlineData(300, 300, 255)]
    [InlineData(300, 301, 0)]
    [InlineData(300, 600, 17)]
    [InlineData(300, 600, 280)]
    public async Task Names_TheEntry_WhenHistoryIsRewritten_AndSignedAnew(int before, int after, int from)
    {
        var state = await RememberAsync(PublishedLog.Of(before));
        var report = await PublishedLog.Publish(PublishedLog.MakeEntries(after, rewrittenFrom: from)).AuditAsync(state);
        Assert.Equal((FindingCode.HistoryRewritten, from, from), (report.Finding?.Code, report.Finding?.Entry, report.Finding?.LastEntry));
        Assert.Null(report.State);
        Assert.Equal(before, Checkpoint.Parse(report.EarlierNote!.Text).Size);
        Assert.True(report.EarlierNote.IsSignedBy(PublishedLog.Key) && report.Note!.IsSignedBy(PublishedLog.Key));
    }

    [Fact]
    public async Task Names_TheRange_WhenTheEntryIsLongPast()
    {
        var size = (AuditState.RecentTiles + 3) * 256;
        var state = await RememberAsync(PublishedLog.Of(size));
        var finding = (await PublishedLog.Publish(PublishedLog.MakeEntries(size + 1, rewrittenFrom: 300)).AuditAsync(state)).Finding;
        Assert.Equal((FindingCode.HistoryRewritten, 256, 511), (finding?.Code, finding?.Entry, finding?.LastEntry));
    }

    [Fact]
    public async Task Holds_WhenOnlyWhatIsNewDiffers()
    {
        // Nobody saw entries 5 and 6 of the other history, so there is nothing to contradict.
        var state = await RememberAsync(PublishedLog.Of(5));
        var report = await PublishedLog.Publish(PublishedLog.MakeEntries(7, rewrittenFrom: 5)).AuditAsync(state);
        Assert.Null(report.Finding);
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(5, 0)]
    [InlineData(300, 299)]
    [InlineData(300, 20)]
    public async Task Names_TheFirstEntryThatIsGone_WhenTheLogShrank(int before, int after)
    {
        var state = await RememberAsync(PublishedLog.Of(before));
        var report = await PublishedLog.Of(after).AuditAsync(state);
        Assert.Equal((FindingCode.LogShrank, after), (report.Finding?.Code, report.Finding?.Entry));
        Assert.Null(report.State);
    }

    [Theory]
    [InlineData(300, 300, 270)]
    [InlineData(300, 320, 270)]
    [InlineData(300, 320, 300)]
    [InlineData(300, 320, 319)]
    [InlineData(256, 258, 256)]
    public async Task Names_AnEntry_ThatWasChangedSince(int before, int after, int entry)
    {
        var state = await RememberAsync(PublishedLog.Of(before));
        var log = PublishedLog.Of(after);
        var changed = log.Entries.ToList();
        changed[entry] = PublishedLog.MakeEntries(after, rewrittenFrom: entry)[entry];
        var finding = (await log.WithStoredEntries(changed).AuditAsync(state)).Finding;
        Assert.Equal((entry, entry), (finding?.Entry, finding?.LastEntry));
        Assert.Contains(finding!.Code, new[] { FindingCode.EntryChanged, FindingCode.RootMismatch });
    }

    [Fact]
    public async Task File_KeepsEverything()
    {
        var state = await RememberAsync(PublishedLog.Of(700));
        AuditStateFile.Write(StatePath, state);
        AssertSame(state, AuditStateFile.Read(StatePath)!);
        AuditStateFile.Write(StatePath, await RememberAsync(PublishedLog.Of(701)));
        Assert.Equal(701, AuditStateFile.Read(StatePath)!.Checkpoint.Size);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void File_ThatIsNotThere_IsNoState() => Assert.Null(AuditStateFile.Read(StatePath));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"version":1,"vkey":"x","checkpoint":"x","tileRoots":"","leaves":""}""")]
    public void File_ThatIsNoState_IsRefused(string content)
    {
        File.WriteAllText(StatePath, content);
        Assert.Throws<AuditImpossibleException>(() => AuditStateFile.Read(StatePath));
    }

    [Fact]
    public async Task File_IsRefused_WhenAnyOfItsCharactersIsAnother()
    {
        AuditStateFile.Write(StatePath, await RememberAsync(PublishedLog.Of(258)));
        var original = await File.ReadAllBytesAsync(StatePath, TestContext.Current.CancellationToken);
        for (var i = 0; i < original.Length; i += i < 700 ? 1 : 53)
        {
            var changed = (byte[])original.Clone();
            changed[i] ^= 1;
            await File.WriteAllBytesAsync(StatePath, changed, TestContext.Current.CancellationToken);
            AssertRefusedOrSame(original, changed[i], i);
        }
    }

    [Fact]
    public async Task File_IsRefused_WhenItIsOfAnotherVersion()
    {
        AuditStateFile.Write(StatePath, await RememberAsync(PublishedLog.Of(3)));
        File.WriteAllText(StatePath, File.ReadAllText(StatePath).Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal));
        Assert.Throws<AuditImpossibleException>(() => AuditStateFile.Read(StatePath));
    }

    [Fact]
    public async Task File_IsRefused_WhereItCannotBeWritten()
    {
        var state = await RememberAsync(PublishedLog.Of(1));
        Assert.Throws<AuditImpossibleException>(() => AuditStateFile.Write(Path.Combine(_folder, "no", "folder"), state));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<AuditState> RememberAsync(PublishedLog log) => (await log.AuditAsync()).State!;

    private static void AssertSame(AuditState expected, AuditState actual)
    {
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Note.ToString(), actual.Note.ToString());
        Assert.Equal(expected.TileRoots.ToArray(), actual.TileRoots.ToArray());
        Assert.Equal(expected.Leaves.ToArray(), actual.Leaves.ToArray());
    }

    // White space between the members may be another; nothing that is remembered may.
    private void AssertRefusedOrSame(byte[] original, byte changed, int i)
    {
        try
        {
            AuditStateFile.Read(StatePath);
            Assert.True(original[i] is (byte)' ' or (byte)'\n' || char.IsWhiteSpace((char)changed), $"Byte {i} was {(char)original[i]}, is {(char)changed}.");
        }
        catch (AuditImpossibleException)
        {
            // Refused, as it should be.
        }
    }
}
