using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Banking;

/// <summary>How a bank writes its CSV: every bank has its own. Columns are named as in the head row.</summary>
/// <param name="Date">The column of the booking date.</param>
/// <param name="Amount">The column of the amount, negative where money went out.</param>
/// <param name="DateFormat">As .NET has it, e.g. <c>dd.MM.yyyy</c>.</param>
/// <param name="DecimalMark">A point or a comma; the other one, blanks and apostrophes group.</param>
/// <param name="Separator">Between fields: a comma, a semicolon or a tab.</param>
/// <param name="ValueDate">The column of the value date, if any.</param>
/// <param name="Reference">The column of the reference, if any.</param>
/// <param name="Counterparty">The column of the other side's name, if any.</param>
/// <param name="Text">The column of the purpose, if any.</param>
/// <param name="BankReference">The column of the bank's own reference, if any.</param>
/// <param name="Currency">The column of the currency, if any; every line must have the same.</param>
public sealed record CsvColumns(
    string Date, string Amount, string DateFormat = "yyyy-MM-dd", char DecimalMark = '.', char Separator = ',',
    string? ValueDate = null, string? Reference = null, string? Counterparty = null, string? Text = null,
    string? BankReference = null, string? Currency = null);

/// <summary>Reads a bank's CSV (RFC 4180 with any of three separators; line ends of any kind).</summary>
public static class CsvStatement
{
    public const int MaxLines = Camt053.MaxLines;
    public const int MaxColumns = 100;
    public const int MaxFieldLength = 4_000;

    /// <exception cref="ExchangeException">It is not such a file, or larger than is read.</exception>
    public static BankStatement Read(string file, CsvColumns columns)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(columns);
        var rows = Rows(file.TrimStart('\uFEFF'), columns.Separator).ToList();
        var head = rows.Count > 0 ? rows[0].Fields : throw Malformed(1, "The file is empty.");
        var index = new Func<string?, int>(name => name is null ? -1
            : head.FindIndex(h => string.Equals(h.Trim(), name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found ? found
            : throw Malformed(1, $"There is no column “{name}”."));
        var reading = new Reading(
            columns, index(columns.Date), index(columns.ValueDate), index(columns.Amount), index(columns.Reference),
            index(columns.Counterparty), index(columns.Text), index(columns.BankReference));
        var lines = rows.Skip(1).Where(r => r.Fields.Exists(f => f.Length > 0)).Select(reading.Line).ToList();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
        return new BankStatement(id, "", Currency(rows, index(columns.Currency)), null, null, lines);
    }

    private sealed record Reading(CsvColumns Columns, int Date, int Value, int Amount, int Reference, int Counterparty, int Text, int Bank)
    {
        public BankLine Line((int Number, List<string> Fields) row)
        {
            var booked = Day(row, Date);
            return new BankLine(
                booked, Value < 0 || Field(row, Value).Length == 0 ? booked : Day(row, Value), Money(row),
                BankLine.Cut(Field(row, Bank), BankLine.MaxShort), BankLine.Cut(Field(row, Reference), BankLine.MaxShort),
                BankLine.Cut(Field(row, Counterparty), BankLine.MaxShort), BankLine.Cut(Field(row, Text), BankLine.MaxText));
        }

        private static string Field((int Number, List<string> Fields) row, int index) =>
            index < 0 ? "" : index < row.Fields.Count ? row.Fields[index].Trim() : throw Malformed(row.Number, "The row has too few fields.");

        private DateOnly Day((int Number, List<string> Fields) row, int index) =>
            IsDay(Field(row, index), Columns.DateFormat, out var day)
                ? day
                : throw Malformed(row.Number, $"“{BankLine.Cut(Field(row, index), 40)}” is no date like {Columns.DateFormat}.");

        // A pattern that is none, such as an open quotation, fits no text.
        private static bool IsDay(string text, string format, out DateOnly day)
        {
            try
            {
                return DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
            }
            catch (FormatException)
            {
                day = default;
                return false;
            }
        }

        private decimal Money((int Number, List<string> Fields) row)
        {
            var text = Field(row, Amount);
            var group = Columns.DecimalMark == '.' ? ',' : '.';
            var plain = new string([.. text.Where(c => c != group && c is not (' ' or '\'' or '\u00A0' or '\u202F'))]).Replace(Columns.DecimalMark, '.');
            return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Malformed(row.Number, $"“{BankLine.Cut(text, 40)}” is no amount.");
        }
    }

    private static string Currency(List<(int Number, List<string> Fields)> rows, int index)
    {
        var all = index < 0 ? [] : rows.Skip(1).Where(r => index < r.Fields.Count).Select(r => r.Fields[index].Trim()).Where(c => c.Length > 0).Distinct().ToList();
        return all.Count > 1
            ? throw new ExchangeException(ExchangeFault.Inconsistent, 0, $"The lines are in {string.Join(", ", all.Take(3))}.")
            : all.SingleOrDefault() ?? "";
    }

    private static IEnumerable<(int Number, List<string> Fields)> Rows(string file, char separator)
    {
        var (fields, field, number, start, isQuoted, rows) = (new List<string>(), new StringBuilder(), 1, 1, false, 0);
        for (var i = 0; i <= file.Length; i++)
        {
            var c = i < file.Length ? file[i] : '\n';
            if (isQuoted)
            {
                if (i == file.Length)
                {
                    throw Malformed(start, "A quoted field does not end.");
                }

                number += c == '\n' ? 1 : 0;
                isQuoted = c != '"' || (i + 1 < file.Length && file[i + 1] == '"');
                if (isQuoted)
                {
                    field.Append(c);
                    i += c == '"' ? 1 : 0;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                isQuoted = true;
            }
            else if (c == separator || c == '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (c != '\r')
            {
                field.Append(c);
            }

            if (field.Length > MaxFieldLength || fields.Count > MaxColumns)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, start, "A row has too many fields, or one is too long.");
            }

            if (!isQuoted && c == '\n' && fields.Count > 0 && field.Length == 0)
            {
                yield return (start, fields);
                fields = [];
                start = ++number;
                if (++rows > MaxLines)
                {
                    throw new ExchangeException(ExchangeFault.TooLarge, start, $"More than {MaxLines} lines.");
                }
            }
        }
    }

    private static ExchangeException Malformed(int line, string message) => new(ExchangeFault.Malformed, line, message);
}
