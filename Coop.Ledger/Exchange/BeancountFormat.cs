using System.Globalization;
using System.Text;
using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Exchange;

/// <summary>
/// A Beancount file (beancount.github.io, "Beancount Language Syntax"; seen with Beancount 2.3.5 of Debian 12),
/// which <c>bean-check</c> accepts: it ends with a balance of every account as the books have it, with no
/// tolerance.
/// </summary>
/// <remarks>
/// Account names there have only letters, digits and dashes; the name as it is, and the account's id, stand
/// beside the account's opening. A unit whose code begins with a digit is written with <c>U.</c> before it.
/// </remarks>
public sealed class BeancountFormat : IBookFormat
{
    private Dictionary<AccountId, string> _paths = [];
    private Dictionary<AccountId, Unit> _units = [];
    private DateOnly _last = LedgerLimits.FirstEffectiveDate;

    public void Begin(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(books);
        _paths = AccountPaths.Of(books.Accounts, Root, Leaf, '-');
        _units = books.Accounts.ToDictionary(a => a.Id, a => a.Unit);
        var start = Day(LedgerLimits.FirstEffectiveDate);
        foreach (var unit in books.Units)
        {
            to.WriteLine($"{start} commodity {Symbol(unit.Code)}");
            to.WriteLine($"  name: {Quoted(unit.Name)}");
        }

        foreach (var account in books.Accounts)
        {
            to.WriteLine($"{start} open {_paths[account.Id]} {Symbol(account.Unit.Code)}");
            to.WriteLine($"  name: {Quoted(account.Name)}");
            to.WriteLine($"  id: {Quoted(account.Id.ToString())}");
        }
    }

    public void Entry(TextWriter to, BookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(entry);
        _last = entry.EffectiveDate > _last ? entry.EffectiveDate : _last;
        to.WriteLine();
        to.WriteLine($"{Day(entry.EffectiveDate)} * {Quoted(entry.Memo)}");
        to.WriteLine($"  journal: {Quoted(entry.Id.ToString())}");
        to.WriteLine($"  event: {Quoted(entry.EventId.ToString())}");
        if (entry.Number is { } number)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  number: {number}"));
        }

        if (entry.Reference is { } reference)
        {
            to.WriteLine($"  reference: {Quoted(reference)}");
        }

        foreach (var line in entry.Lines)
        {
            to.WriteLine($"  {_paths[line.Account]}  {Number(line.Account, line.AmountMinor)} {Symbol(_units[line.Account].Code)}");
        }
    }

    public void End(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(books);
        to.WriteLine();
        // A balance there holds for the beginning of its day.
        var after = Day(_last.AddDays(1));
        foreach (var account in books.Accounts)
        {
            var balance = Number(account.Id, books.BalancesMinor.GetValueOrDefault(account.Id));
            to.WriteLine($"{after} balance {_paths[account.Id]}  {balance} ~ 0 {Symbol(account.Unit.Code)}");
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        $"\"{AccountPaths.OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Root(AccountType type) => type switch
    {
        AccountType.Asset => "Assets",
        AccountType.Liability => "Liabilities",
        AccountType.Equity => "Equity",
        AccountType.Income => "Income",
        AccountType.Expense => "Expenses",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static string Leaf(string label)
    {
        var leaf = new StringBuilder(label.Length);
        foreach (var c in label)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                leaf.Append(leaf.Length == 0 ? char.ToUpperInvariant(c) : c);
            }
            else if (leaf.Length > 0 && leaf[^1] != '-')
            {
                leaf.Append('-');
            }
        }

        var name = leaf.ToString().TrimEnd('-');
        return name.Length == 0 ? "Account" : name;
    }

    private static string Symbol(UnitCode unit) => char.IsAsciiDigit(unit.Value[0]) ? $"U.{unit}" : unit.Value;

    private string Number(AccountId account, long minor) => Decimals.Text(minor, _units[account].Scale);
}
