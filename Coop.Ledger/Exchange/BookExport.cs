using System.Text;

namespace Coop.Ledger.Exchange;

/// <summary>
/// Writes books into a stream, UTF-8 without a mark, a piece at a time: what is held in memory is one entry
/// and one piece, however many journals there are.
/// </summary>
public static class BookExport
{
    private const int PieceSizeChars = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all; answers how many journals there were.</summary>
    /// <param name="books">What is written; its entries are read once.</param>
    /// <param name="format">As what.</param>
    /// <param name="to">Where to; stays open.</param>
    /// <param name="progress">Told the number of journals so far, once a piece and at the end.</param>
    /// <param name="ct">Ends it, with a part written.</param>
    public static async Task<long> WriteAsync(
        BookExtract books, IBookFormat format, Stream to, IProgress<long>? progress, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(to);
        using var piece = new StringWriter { NewLine = "\n" };
        var count = 0L;
        format.Begin(piece, books);
        await foreach (var entry in books.Entries.WithCancellation(ct))
        {
            format.Entry(piece, entry);
            count++;
            if (piece.GetStringBuilder().Length >= PieceSizeChars)
            {
                await SendAsync(piece.GetStringBuilder(), to, ct);
                progress?.Report(count);
            }
        }

        format.End(piece, books);
        await SendAsync(piece.GetStringBuilder(), to, ct);
        progress?.Report(count);
        return count;
    }

    private static async Task SendAsync(StringBuilder piece, Stream to, CancellationToken ct)
    {
        await to.WriteAsync(Utf8.GetBytes(piece.ToString()), ct);
        piece.Clear();
    }
}
