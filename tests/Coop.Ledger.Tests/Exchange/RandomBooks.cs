using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Exchange;

/// <summary>Books that hold everything that a file format could stumble over, from a seed.</summary>
internal sealed class RandomBooks
{
    private static readonly string[] Names =
    [
        "Bank", "Bank", "bank", "Ada's money", "Ben  \"B\" O'Neil", "Café: Küche; Bar", "=SUM(A1)", "1 - 2 @ 3",
        "(virtual)", "[brackets]", "日本", "a\\b", "; comment", "* star", "-", "assets:x", "x | y <&>", "date:2020",
    ];

    private static readonly string[] Memos =
    [
        "", "Rent", "(code) text", "two\nlines\r\nthree", "semi; colon", "\"quoted\" \\ back", "= 5 EUR", "! mark", "| pipe",
        "date:2026-13-45", "#tag ^link", "Ünïcode 🌱", "- 1,5", "<xml/> & ]]>", "\ttab", "; date2:x",
    ];

    private static readonly Unit[] AllUnits =
    [
        new(UnitCode.Parse("EUR"), "Euro", 2, UnitKind.Money),
        new(UnitCode.Parse("HOURS"), "Hours", 0, UnitKind.Hours),
        new(UnitCode.Parse("1SHARE"), "A \"share\"", 3, UnitKind.Shares),
        new(UnitCode.Parse("X9"), "Nine decimals", 9, UnitKind.Other),
    ];

    private readonly Random _random;
    private readonly List<BookAccount> _accounts = [];
    private readonly List<BookEntry> _entries = [];
    private readonly Dictionary<AccountId, long> _balances = [];

    public RandomBooks(int seed, int entryCount)
    {
        _random = new Random(seed);
        foreach (var (unit, i) in AllUnits.SelectMany((u, i) => Enumerable.Repeat((u, i), Names.Length)))
        {
            var number = _accounts.Count;
            _accounts.Add(new BookAccount(
                new AccountId(NewId()), number % 3 == 0 ? $"{i}{number:D3}" : null, Names[number % Names.Length], unit,
                (AccountType)_random.Next(5)));
        }

        for (var i = 0; i < entryCount; i++)
        {
            _entries.Add(NewEntry());
        }
    }

    public IReadOnlyList<BookEntry> Entries => _entries;

    public IReadOnlyList<BookAccount> Accounts => _accounts;

    public BookExtract Extract() => new(AllUnits, _accounts, Stream(), _balances);

    private async IAsyncEnumerable<BookEntry> Stream()
    {
        await Task.Yield();
        foreach (var entry in _entries)
        {
            yield return entry;
        }
    }

    private BookEntry NewEntry()
    {
        var lines = new List<BookLine>();
        foreach (var unit in AllUnits.Where(_ => _random.Next(2) == 0).DefaultIfEmpty(AllUnits[0]))
        {
            var of = _accounts.Where(a => a.Unit == unit).ToList();
            var amounts = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => _random.NextInt64(1, 1_000_000_000) * (_random.Next(2) * 2 - 1)).ToList();
            var rest = -amounts.Sum();
            lines.AddRange((rest == 0 ? amounts : amounts.Append(rest)).Select(m => new BookLine(of[_random.Next(of.Count)].Id, m)));
        }

        lines.ForEach(l => _balances[l.Account] = _balances.GetValueOrDefault(l.Account) + l.AmountMinor);
        return new BookEntry(
            NewId(), NewId(), new DateOnly(2020, 1, 1).AddDays(_random.Next(3000)), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Memos[_random.Next(Memos.Length)], lines)
        {
            Number = _random.Next(5) == 0 ? null : _entries.Count + 1,
            Reference = _random.Next(2) == 0 ? null : Memos[_random.Next(1, Memos.Length)],
        };
    }

    private Guid NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
