using System.Text;
using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Exchange;

public sealed class BookExportTests
{
    private static readonly Unit Euro = new(UnitCode.Parse("EUR"), "Euro", 2, UnitKind.Money);

    [Theory]
    [InlineData(0, 0, "0")]
    [InlineData(5, 2, "0.05")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(-1205, 2, "-12.05")]
    [InlineData(long.MaxValue, 9, "9223372036.854775807")]
    [InlineData(-long.MaxValue, 0, "-9223372036854775807")]
    public void Decimals_AreExact_AndReadBack(long minor, int scale, string text)
    {
        Assert.Equal(text, Decimals.Text(minor, scale));
        Assert.True(Decimals.TryToMinor(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), scale, out var back));
        Assert.Equal(minor, back);
    }

    [Theory]
    [InlineData("0.001", 2)]
    [InlineData("92233720368547758.08", 2)]
    [InlineData("79228162514264337593543950335", 0)]
    public void Decimals_RefuseWhatTheUnitCannotSay(string text, int scale) =>
        Assert.False(Decimals.TryToMinor(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture), scale, out _));

    [Fact]
    public async Task Csv_QuotesAndDefusesFormulas()
    {
        var bank = new BookAccount(new AccountId(Guid.AllBitsSet), null, "=1+1", Euro, AccountType.Asset);
        var sales = new BookAccount(new AccountId(Guid.Empty), "40,00", "Sales \"now\"", Euro, AccountType.Income);
        var entry = new BookEntry(
            Guid.Empty, Guid.AllBitsSet, new DateOnly(2026, 1, 2), DateTimeOffset.UnixEpoch, "two\nlines", [new(bank.Id, 5), new(sales.Id, -5)]) { Number = 7, Reference = "R-1" };
        var text = await TextAsync(new BookExtract([Euro], [bank, sales], One(entry), new Dictionary<AccountId, long>()), new CsvFormat());
        Assert.EndsWith(
            "1970-01-01T00:00:00.0000000Z,2026-01-02,7,R-1,\"two\nlines\",1,ffffffff-ffff-ffff-ffff-ffffffffffff,,'=1+1,asset,EUR,5,0.05\r\n"
            + "00000000-0000-0000-0000-000000000000,ffffffff-ffff-ffff-ffff-ffffffffffff,1970-01-01T00:00:00.0000000Z,2026-01-02,7,R-1,\"two\nlines\",2,"
            + "00000000-0000-0000-0000-000000000000,\"40,00\",\"Sales \"\"now\"\"\",income,EUR,-5,-0.05\r\n",
            text, StringComparison.Ordinal);
    }

    /// <summary>Nothing but one piece is held: what the file grows by, memory does not.</summary>
    [Fact]
    public async Task Memory_IsFlat_AndProgressIsTold()
    {
        var books = new RandomBooks(1, 1).Extract();
        var entry = new RandomBooks(1, 1).Entries[0];
        var counts = new List<long>();
        var sink = new CountingStream();
        await BookExport.WriteAsync(
            books with { Entries = Repeat(entry, 50_000) }, new HledgerFormat(), sink, new Told(counts), TestContext.Current.CancellationToken);
        Assert.Equal(50_000, counts[^1]);
        Assert.True(counts.Count > 100, "Progress was told seldom.");
        Assert.InRange(sink.LargestPiece, 1, 200_000);
        Assert.True(sink.Written > 100 * sink.LargestPiece, "The file was not written in pieces.");
    }

    private static async IAsyncEnumerable<BookEntry> One(BookEntry entry)
    {
        await Task.Yield();
        yield return entry;
    }

    private static IAsyncEnumerable<BookEntry> Repeat(BookEntry entry, int count) => Enumerable.Repeat(entry, count).ToAsyncEnumerable();

    private static async Task<string> TextAsync(BookExtract books, IBookFormat format)
    {
        using var file = new MemoryStream();
        await BookExport.WriteAsync(books, format, file, null, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private sealed class Told(List<long> counts) : IProgress<long>
    {
        public void Report(long value) => counts.Add(value);
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Written { get; private set; }

        public int LargestPiece { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            LargestPiece = Math.Max(LargestPiece, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
