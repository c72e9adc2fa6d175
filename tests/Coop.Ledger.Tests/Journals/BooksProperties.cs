using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using CsCheck;
using static Coop.Ledger.Tests.Journals.Scenario;

namespace Coop.Ledger.Tests.Journals;

/// <summary>What holds after every step of any history. A failure prints the seed that repeats it.</summary>
public sealed class BooksProperties
{
    private static readonly AccountId[] Accounts =
        [Bank, Sales, AdaMoney, BenMoney, AdaHours, HoursPool, AdaLoan, BenLoan, Nowhere];

    private static readonly Gen<long> Minor = Gen.Frequency(
        (8, Gen.Long[-5, 5]),
        (4, Gen.Long[-1_000, 1_000]),
        (1, Gen.OneOf(long.MaxValue, long.MinValue, -long.MaxValue, long.MaxValue - 1)),
        (1, Gen.Long));

    private static readonly Gen<(AccountId, long)[]> AnyJournal =
        Gen.Select(Gen.OneOf(Accounts), Minor).Array[0, 6];

    /// <summary>A journal that somebody made up to balance; a few still do not, over two units.</summary>
    private static readonly Gen<(AccountId, long)[]> Balanced =
        Gen.Select(AnyJournal, Gen.OneOf(Accounts), (lines, last) =>
        {
            var sum = lines.Aggregate((Int128)0, (total, line) => total + line.Item2);
            return sum >= long.MinValue && sum <= long.MaxValue ? [.. lines, (last, (long)Int128.Clamp(-sum, long.MinValue, long.MaxValue))] : lines;
        });

    private static readonly Gen<Authority> AnyAuthority = Gen.Frequency(
        (4, Gen.Const(Authority.Full)),
        (1, Gen.Const(Authority.PaymentsOf(Ada))),
        (1, Gen.Const(Authority.PaymentsOf(Ben))));

    [Fact]
    public void EveryHistoryKeepsTheBooks() => Gen
        .Select(Gen.Frequency((3, Balanced), (1, AnyJournal)), AnyAuthority)
        .Array[1, 40]
        .Sample(
            steps =>
            {
                var books = NewBooks();
                var ledger = new List<Posting>();
                foreach (var (postings, authority) in steps)
                {
                    Step(books, ledger, postings, authority);
                }
            },
            iter: 2_000);

    private static void Step(
        Books books, List<Posting> ledger, (AccountId, long)[] postings, Authority authority)
    {
        var before = NewBalances(books);
        var result = books.PostAs(authority, postings);
        if (result.Outcome != PostingOutcome.Posted)
        {
            Assert.Null(result.Journal);
            Assert.Equal(before, NewBalances(books));
            return;
        }

        Assert.Equal(Sorted(postings), Sorted(result.Journal!.Postings.Select(p => (p.Account, p.Amount.Minor))));
        AssertRing(result.Journal);
        ledger.AddRange(result.Journal.Postings);
        AssertBalances(books, ledger);
    }

    private static void AssertRing(Journal journal)
    {
        var lines = journal.Postings;
        for (var i = 0; i < lines.Count; i++)
        {
            var next = lines[(i + 1) % lines.Count];
            Assert.Equal(i + 1, lines[i].Line);
            Assert.Equal(lines[i].SumAfter, next.SumBefore);
            Assert.True(lines[i].Unit == next.Unit || lines[i].SumAfter == Amount.Zero);
        }

        Assert.Equal(Amount.Zero, lines[0].SumBefore);
        Assert.All(lines.GroupBy(p => p.Unit), unit => Assert.Equal(0, unit.Sum(p => p.Amount.Minor)));
    }

    private static void AssertBalances(Books books, List<Posting> ledger)
    {
        foreach (var account in books.Changed)
        {
            var history = ledger.Where(p => p.Account == account.Account.Id).ToList();
            Assert.Equal(Enumerable.Range(1, history.Count).Select(n => (long)n), history.Select(p => p.AccountSeq));
            var running = Amount.Zero;
            foreach (var posting in history)
            {
                running += posting.Amount;
                Assert.Equal(running, posting.BalanceAfter);
            }

            Assert.Equal((running, history.Count), (account.Balance, account.PostingCount));
            Assert.True(account.Account.FloorMinor is not { } floor || account.NormalBalanceMinor >= floor);
        }
    }

    private static List<AccountState> NewBalances(Books books) =>
        [.. Accounts.Where(a => a != Nowhere).Select(a => books[a])];

    private static IEnumerable<(AccountId, long)> Sorted(IEnumerable<(AccountId Account, long Minor)> postings) =>
        postings.OrderBy(p => p.Account.Value).ThenBy(p => p.Minor);
}
