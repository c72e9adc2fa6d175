using System.Globalization;
using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Exchange;

/// <summary>
/// An hledger journal (hledger.org, "journal format"; seen with hledger 1.25 of Debian 12), which
/// <c>hledger check --strict</c> accepts: accounts and commodities are declared, and the last transaction
/// asserts every account's balance as the books have it.
/// </summary>
/// <remarks>
/// What hledger would read as something else is replaced: a colon in a name by a dash, a semicolon in a memo by
/// a comma, line breaks by spaces. The memo as it is stands in the books.
/// </remarks>
public sealed class HledgerFormat : IBookFormat
{
    private Dictionary<AccountId, string> _paths = [];
    private Dictionary<AccountId, Unit> _units = [];
    private DateOnly _last = LedgerLimits.FirstEffectiveDate;

    public void Begin(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(books);
        _paths = AccountPaths.Of(books.Accounts, Root, Leaf, ' ');
        _units = books.Accounts.ToDictionary(a => a.Id, a => a.Unit);
        to.WriteLine("decimal-mark .");
        foreach (var unit in books.Units)
        {
            to.WriteLine($"commodity 1000.{new string('0', unit.Scale)} {Symbol(unit.Code)}");
        }

        foreach (var account in books.Accounts)
        {
            to.WriteLine($"account {_paths[account.Id]}  ; type:{TypeLetter(account.Type)}, id:{account.Id}");
        }
    }

    public void Entry(TextWriter to, BookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(entry);
        _last = entry.EffectiveDate > _last ? entry.EffectiveDate : _last;
        to.WriteLine();
        // The code keeps a memo that begins with a sign of its own from being read as one.
        var code = entry.Number?.ToString(CultureInfo.InvariantCulture) ?? entry.Id.ToString();
        to.WriteLine($"{Day(entry.EffectiveDate)} * ({code}) {Memo(entry.Memo)}".TrimEnd());
        to.WriteLine($"    ; journal:{entry.Id}, event:{entry.EventId}");
        foreach (var line in entry.Lines)
        {
            to.WriteLine($"    {_paths[line.Account]}  {Amount(line.Account, line.AmountMinor)}");
        }
    }

    public void End(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(books);
        if (books.Accounts.Count == 0)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine($"{Day(_last)} * (balances) What the books say");
        foreach (var account in books.Accounts)
        {
            var balance = books.BalancesMinor.GetValueOrDefault(account.Id);
            to.WriteLine($"    {_paths[account.Id]}  {Amount(account.Id, 0)} = {Amount(account.Id, balance)}");
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Memo(string memo) => AccountPaths.OneLine(memo).Replace(';', ',');

    private static string Leaf(string label) => AccountPaths.OneLine(label).Replace(':', '-').Replace(';', ',');

    private static string Root(AccountType type) => type switch
    {
        AccountType.Asset => "assets",
        AccountType.Liability => "liabilities",
        AccountType.Equity => "equity",
        AccountType.Income => "income",
        AccountType.Expense => "expenses",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static char TypeLetter(AccountType type) => type switch
    {
        AccountType.Asset => 'A',
        AccountType.Liability => 'L',
        AccountType.Equity => 'E',
        AccountType.Income => 'R',
        AccountType.Expense => 'X',
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>A symbol with a digit in it needs quotes.</summary>
    private static string Symbol(UnitCode unit) =>
        unit.Value.Any(char.IsAsciiDigit) ? $"\"{unit}\"" : unit.Value;

    private string Amount(AccountId account, long minor)
    {
        var unit = _units[account];
        return $"{Decimals.Text(minor, unit.Scale)} {Symbol(unit.Code)}";
    }
}
