using System.Globalization;
using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Exchange;

/// <summary>An account that balances are brought to.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Type">Its type.</param>
/// <param name="Unit">The code of its unit.</param>
/// <param name="Existing">The account of these books that it is; null for one to be opened.</param>
/// <param name="AmountMinor">What it stands at afterwards by the journals of the plan, debits positive.</param>
public sealed record OpeningAccount(string Name, AccountType Type, string Unit, AccountId? Existing, long AmountMinor);

/// <summary>
/// How the balances of another program come into these books: its accounts, and journals on them. An account is known
/// by its type, its unit and its name below the root.
/// </summary>
/// <param name="Accounts">All that are posted on.</param>
/// <param name="Journals">Each up to a thousand postings: the place of an account in <paramref name="Accounts"/>, and an amount.</param>
public sealed record OpeningPlan(
    IReadOnlyList<OpeningAccount> Accounts, IReadOnlyList<IReadOnlyList<(int Account, long AmountMinor)>> Journals)
{
    /// <summary>Where what does not balance by itself is put, an equity account for each unit.</summary>
    public const string BalancingName = "Opening balances";

    public const int MaxAccounts = 5_000;

    /// <summary>The roots of an hledger journal (hledger.org, "Account types"), in lower case.</summary>
    private static readonly Dictionary<string, AccountType> Roots = new(StringComparer.OrdinalIgnoreCase)
    {
        ["asset"] = AccountType.Asset, ["assets"] = AccountType.Asset,
        ["liability"] = AccountType.Liability, ["liabilities"] = AccountType.Liability, ["debt"] = AccountType.Liability, ["debts"] = AccountType.Liability,
        ["equity"] = AccountType.Equity,
        ["income"] = AccountType.Income, ["revenue"] = AccountType.Income, ["revenues"] = AccountType.Income,
        ["expense"] = AccountType.Expense, ["expenses"] = AccountType.Expense,
    };

    /// <summary>Plans how balances come in.</summary>
    /// <param name="balances">What the journal leaves.</param>
    /// <param name="units">The units of these books.</param>
    /// <param name="existing">The accounts that may be posted on.</param>
    /// <exception cref="ExchangeException">An account has no type, a commodity is no unit, or an amount does not fit.</exception>
    public static OpeningPlan Of(HledgerBalances balances, IReadOnlyList<Unit> units, IReadOnlyList<BookAccount> existing)
    {
        ArgumentNullException.ThrowIfNull(balances);
        if (balances.Balances.Count > MaxAccounts)
        {
            throw new ExchangeException(ExchangeFault.TooLarge, 0, $"More than {MaxAccounts} accounts are not at zero.");
        }

        var byCode = units.ToDictionary(u => u.Code.Value, StringComparer.Ordinal);
        var known = existing.GroupBy(a => (a.Type, a.Unit.Code.Value, a.Name)).ToDictionary(g => g.Key, g => g.First().Id);
        var accounts = balances.Balances
            .Select(b => Account(b.Key.Account, b.Value, Unit(b.Key.Commodity, byCode), known))
            .OrderBy(a => a.Unit, StringComparer.Ordinal).ThenBy(a => a.Type).ThenBy(a => a.Name, StringComparer.Ordinal)
            .ToList();
        var journals = new List<IReadOnlyList<(int, long)>>();
        foreach (var unit in accounts.Select((a, i) => (Index: i, a.Unit, a.AmountMinor)).GroupBy(a => a.Unit).ToList())
        {
            foreach (var chunk in unit.Chunk(LedgerLimits.MaxPostings - 1))
            {
                journals.Add(Journal(unit.Key, [.. chunk.Select(c => (c.Index, c.AmountMinor))], accounts, known));
            }
        }

        return new(accounts, journals);
    }

    private static List<(int Account, long AmountMinor)> Journal(
        string unit, List<(int Account, long AmountMinor)> postings, List<OpeningAccount> accounts,
        Dictionary<(AccountType, string, string), AccountId> known)
    {
        var sum = postings.Aggregate(Int128.Zero, (total, p) => total + p.AmountMinor);
        if (sum == 0)
        {
            return postings;
        }

        if (Int128.Abs(sum) > long.MaxValue)
        {
            throw new ExchangeException(ExchangeFault.TooLarge, 0, $"The amounts in {unit} are too large.");
        }

        var amount = (long)-sum;
        var place = accounts.FindIndex(a => a.Type == AccountType.Equity && a.Unit == unit && a.Name == BalancingName);
        if (place < 0)
        {
            place = accounts.Count;
            accounts.Add(new(BalancingName, AccountType.Equity, unit, Known(known, AccountType.Equity, unit, BalancingName), 0));
        }

        accounts[place] = accounts[place] with { AmountMinor = checked(accounts[place].AmountMinor + amount) };
        return [.. postings, (place, amount)];
    }

    private static OpeningAccount Account(
        string path, decimal balance, Unit unit, Dictionary<(AccountType, string, string), AccountId> known)
    {
        var parts = path.Split(':', 2);
        if (!Roots.TryGetValue(parts[0].Trim(), out var type))
        {
            throw new ExchangeException(ExchangeFault.Unsupported, 0, $"What type is the account “{path}”? Its first part is not assets, liabilities, equity, income or expenses.");
        }

        var name = (parts.Length == 2 ? parts[1] : parts[0]).Trim();
        if (name.Length is 0 or > LedgerLimits.MaxAccountNameLength || name.Any(char.IsControl))
        {
            throw new ExchangeException(ExchangeFault.Unsupported, 0, $"The account “{path}” has no name of 1 to {LedgerLimits.MaxAccountNameLength} characters.");
        }

        return Decimals.TryToMinor(balance, unit.Scale, out var minor)
            ? new(name, type, unit.Code.Value, Known(known, type, unit.Code.Value, name), minor)
            : throw new ExchangeException(ExchangeFault.Inconsistent, 0, $"“{path}” stands at {balance.ToString(CultureInfo.InvariantCulture)} {unit.Code}, which has {unit.Scale} decimals.");
    }

    private static AccountId? Known(Dictionary<(AccountType, string, string), AccountId> known, AccountType type, string unit, string name) =>
        known.TryGetValue((type, unit, name), out var id) ? id : null;

    private static Unit Unit(string commodity, Dictionary<string, Unit> units) =>
        units.TryGetValue(commodity, out var unit)
            ? unit
            : throw new ExchangeException(ExchangeFault.Unsupported, 0, $"“{commodity}” is no unit of these books; add it first, or name amounts by a unit's code.");
}
