using System.Globalization;

namespace Coop.Ledger.Exchange;

/// <summary>The balances that an hledger journal leaves.</summary>
/// <param name="Balances">By account and commodity as the journal names them, without those at zero.</param>
/// <param name="LastDate">The date of its last transaction; null where there is none.</param>
/// <param name="TransactionCount">How many there were.</param>
public sealed record HledgerBalances(
    IReadOnlyDictionary<(string Account, string Commodity), decimal> Balances, DateOnly? LastDate, int TransactionCount);

/// <summary>
/// Reads the balances out of an hledger journal (hledger.org, "journal format"), to open books with. What a
/// journal may hold that would make its balances depend on something else is refused rather than skipped:
/// <c>include</c>, aliases, periodic and automated transactions, virtual postings.
/// </summary>
public static class HledgerJournal
{
    public const int MaxLines = 5_000_000;
    public const int MaxLineLength = 4_000;
    public const int MaxAccounts = 100_000;

    /// <summary>Directives that leave every balance as it is.</summary>
    private static readonly string[] Harmless = ["account", "commodity", "decimal-mark", "payee", "tag", "P", "D", "Y", "N"];

    /// <exception cref="ExchangeException">It cannot be read, or holds what is not read.</exception>
    public static HledgerBalances Read(TextReader journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var reading = new Reading();
        for (var number = 1; journal.ReadLine() is { } line; number++)
        {
            if (number > MaxLines || line.Length > MaxLineLength)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, number, $"More than {MaxLines} lines, or one longer than {MaxLineLength} characters.");
            }

            reading.Line(number, line);
        }

        return reading.End();
    }

    private sealed class Reading
    {
        private readonly Dictionary<(string, string), decimal> _balances = [];
        private readonly List<(int Line, string Account, HledgerAmount? Amount)> _postings = [];
        private DateOnly? _date;
        private DateOnly? _last;
        private int _count;
        private int _number;
        private bool _isComment;
        private bool _isDirective;
        private char? _mark;

        public void Line(int number, string line)
        {
            _number = number;
            if (_isComment || line.Length == 0 || string.IsNullOrWhiteSpace(line))
            {
                _isComment = _isComment && line.Trim() != "end comment";
                Close();
            }
            else if (char.IsWhiteSpace(line[0]))
            {
                Indented(line.Trim());
            }
            else
            {
                Close();
                Top(line);
            }
        }

        public HledgerBalances End()
        {
            Close();
            return new HledgerBalances(
                _balances.Where(b => b.Value != 0).ToDictionary(b => b.Key, b => b.Value), _last, _count);
        }

        private void Top(string line)
        {
            if (line[0] is ';' or '#' or '*')
            {
                return;
            }

            if (char.IsAsciiDigit(line[0]))
            {
                _date = Date(line.Split(' ', '=', '\t')[0]);
                _last = _last is { } last && last > _date ? last : _date;
                _count++;
                return;
            }

            var word = line.Split(' ', '\t')[0];
            _isComment = word == "comment";
            _isDirective = Harmless.Contains(word);
            if (word == "decimal-mark")
            {
                _mark = line[word.Length..].Trim() is [('.' or ',') and var mark, ..]
                    ? mark
                    : throw Malformed("decimal-mark is . or ,");
            }

            if (!_isComment && !_isDirective)
            {
                throw new ExchangeException(ExchangeFault.Unsupported, _number, $"“{word}” is not read.");
            }
        }

        private void Indented(string line)
        {
            if (line[0] == ';' || (_isDirective && _date is null))
            {
                return;
            }

            if (_date is null)
            {
                throw Malformed("A posting stands outside of a transaction.");
            }

            if (line[0] is '(' or '[')
            {
                throw new ExchangeException(ExchangeFault.Unsupported, _number, "Virtual postings are not read.");
            }

            var text = line.TrimStart('*', '!').TrimStart();
            var end = AccountEnd(text);
            var account = text[..end].Trim();
            var rest = text[end..].Split(';')[0].Trim();
            if (account.Length == 0)
            {
                throw Malformed("A posting names no account.");
            }

            _postings.Add((_number, account, rest.Length == 0 || rest[0] == '=' ? null : HledgerAmount.Parse(rest, _mark, _number)));
        }

        /// <summary>An account ends where two blanks follow each other, or a tab.</summary>
        private static int AccountEnd(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '\t' || (text[i] == ' ' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1])))
                {
                    return i;
                }
            }

            return text.Length;
        }

        /// <summary>Ends a transaction: it must balance, by its amounts or by what they cost.</summary>
        private void Close()
        {
            _isDirective = false;
            if (_date is null)
            {
                return;
            }

            var sums = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var (line, account, amount) in _postings)
            {
                if (amount is { } value)
                {
                    Add(line, account, value.Commodity, value.Quantity);
                    sums[value.CostCommodity] = Sum(line, sums.GetValueOrDefault(value.CostCommodity), value.Cost);
                }
            }

            Infer(sums.Where(s => s.Value != 0).ToList());
            _postings.Clear();
            _date = null;
        }

        private void Infer(List<KeyValuePair<string, decimal>> open)
        {
            var blank = _postings.Where(p => p.Amount is null).ToList();
            if (blank.Count > 1)
            {
                throw new ExchangeException(ExchangeFault.Malformed, blank[1].Line, "Only one posting of a transaction may leave its amount out.");
            }

            // With costs two commodities may be balanced by a price between them that nobody wrote: that is not guessed.
            if (blank.Count == 0 && open.Count > 0)
            {
                throw new ExchangeException(ExchangeFault.Inconsistent, _postings[0].Line, $"The transaction does not balance in {open[0].Key}.");
            }

            foreach (var (commodity, sum) in open)
            {
                Add(blank[0].Line, blank[0].Account, commodity, -sum);
            }
        }

        private void Add(int line, string account, string commodity, decimal quantity)
        {
            var key = (account, commodity);
            _balances[key] = Sum(line, _balances.GetValueOrDefault(key), quantity);
            if (_balances.Count > MaxAccounts)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, line, $"More than {MaxAccounts} accounts.");
            }
        }

        private static decimal Sum(int line, decimal left, decimal right)
        {
            try
            {
                return left + right;
            }
            catch (OverflowException e)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, line, "The amounts are too large.", e);
            }
        }

        private DateOnly Date(string text) =>
            DateOnly.TryParseExact(
                text.Replace('/', '-').Replace('.', '-'), ["yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : throw Malformed($"“{text}” is no date with a year.");

        private ExchangeException Malformed(string message) => new(ExchangeFault.Malformed, _number, message);
    }
}
