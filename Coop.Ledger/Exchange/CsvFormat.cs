using System.Globalization;
using Coop.Ledger.Accounts;

namespace Coop.Ledger.Exchange;

/// <summary>
/// A table for spreadsheets (RFC 4180: CRLF, quotes doubled), one row a posting, with a head row.
/// </summary>
/// <remarks>
/// A text that a spreadsheet would take for a formula (it begins with one of <c>= + - @</c>) gets an apostrophe
/// before it. Amounts are given in minor units and as decimals.
/// </remarks>
public sealed class CsvFormat : IBookFormat
{
    private const string EndOfRow = "\r\n";

    private static readonly string[] Columns =
    [
        "journalId", "eventId", "bookedAt", "effectiveDate", "number", "reference", "memo", "line",
        "accountId", "accountCode", "accountName", "accountType", "unit", "amountMinor", "amount",
    ];

    private Dictionary<AccountId, BookAccount> _accounts = [];

    public void Begin(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(books);
        _accounts = books.Accounts.ToDictionary(a => a.Id);
        to.Write(string.Join(',', Columns) + EndOfRow);
    }

    public void Entry(TextWriter to, BookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(entry);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Id},{entry.EventId},{entry.BookedAt:yyyy-MM-ddTHH:mm:ss.fffffffZ},{entry.EffectiveDate:yyyy-MM-dd},{entry.Number},{Text(entry.Reference ?? "")},{Text(entry.Memo)}");
        for (var i = 0; i < entry.Lines.Count; i++)
        {
            var line = entry.Lines[i];
            var account = _accounts[line.Account];
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{head},{i + 1},{account.Id},"));
            to.Write($"{Text(account.Code ?? "")},{Text(account.Name)},{EnumText<AccountType>.Of(account.Type)},{account.Unit.Code},");
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{line.AmountMinor},{Decimals.Text(line.AmountMinor, account.Unit.Scale)}"));
            to.Write(EndOfRow);
        }
    }

    public void End(TextWriter to, BookExtract books)
    {
        // A table has no end of its own.
    }

    private static string Text(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
