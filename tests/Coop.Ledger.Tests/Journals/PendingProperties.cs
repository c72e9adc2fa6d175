using Coop.Ledger.Accounts;
using Coop.Ledger.Journals;
using Coop.Ledger.Units;
using CsCheck;
using static Coop.Ledger.Tests.Journals.Scenario;

namespace Coop.Ledger.Tests.Journals;

/// <summary>
/// Journals, pending journals and runs of linked ones, against books in their simplest form: a list of what was
/// posted and a list of what is open. A failure prints the seed that repeats it.
/// </summary>
public sealed class PendingProperties
{
    private static readonly AccountId[] Ids = [Bank, Sales, AdaMoney, BenMoney, AdaLoan];

    private static readonly Gen<(AccountId, long)[]> Balanced =
        Gen.Select(Gen.Select(Gen.OneOf(Ids), Gen.Long[-6, 6]).Array[1, 3], Gen.OneOf(Ids), (lines, last) =>
            ((AccountId, long)[])[.. lines, (last, -lines.Sum(l => l.Item2))]);

    private enum Kind
    {
        Post,
        Reserve,
        Settle,
        Release,
        TakeBack,
    }

    /// <param name="Kind">What is done.</param>
    /// <param name="Postings">For what posts or reserves.</param>
    /// <param name="Pick">Which of the open ones, or how many journals are linked.</param>
    private sealed record Step(Kind Kind, (AccountId, long)[] Postings, int Pick);

    private static readonly Gen<Step> AnyStep = Gen.Select(
        Gen.Frequency((5, Gen.Const(Kind.Post)), (4, Gen.Const(Kind.Reserve)), (3, Gen.Const(Kind.Settle)), (2, Gen.Const(Kind.Release)), (1, Gen.Const(Kind.TakeBack))),
        Balanced,
        Gen.Int[0, 5],
        (kind, postings, pick) => new Step(kind, postings, pick));

    [Fact]
    public void EveryHistoryKeepsBalancesAndReserves() =>
        AnyStep.Array[1, 50].Sample(steps => new Run().Do(steps), iter: 2_000);

    private sealed class Run
    {
        private readonly Books _books = new(Folio.Flyleaf, Accounts());
        private readonly List<(AccountId Account, long Minor)> _posted = [];
        private readonly List<(AccountId, long)[]> _open = [];

        public void Do(Step[] steps)
        {
            foreach (var step in steps)
            {
                Do(step);
                AssertBooks();
            }
        }

        private static IEnumerable<AccountState> Accounts()
        {
            foreach (var id in Ids)
            {
                var type = id == Sales ? AccountType.Income : id == Bank || id == AdaLoan ? AccountType.Asset : AccountType.Liability;
                long? floor = id == Sales ? null : id == Bank ? -8 : 0;
                var account = new Account(id, null, "Name", UnitCode.Parse("EUR"), type, null, floor) { CeilingMinor = id == AdaLoan ? 9 : null };
                yield return new AccountState(account, Amount.Zero, 0);
            }
        }

        private void Do(Step step)
        {
            switch (step.Kind)
            {
                case Kind.Post:
                    Note(Expected(step.Postings), _books.Post(step.Postings), step.Postings);
                    break;
                case Kind.Reserve when Expected(step.Postings) is var expected:
                    var reserved = _books.Reserve(Head, Drafts(step.Postings), Authority.Full);
                    Assert.Equal(expected, reserved.Outcome);
                    _open.AddRange(reserved.Journal is null ? [] : [step.Postings]);
                    break;
                case Kind.Settle when _open.Count > 0:
                    // A promise that was taken is kept.
                    var settled = Take(step.Pick);
                    Note(PostingOutcome.Posted, _books.Settle(Head, Drafts(settled), Drafts(settled)), settled);
                    break;
                case Kind.Release when _open.Count > 0:
                    _books.Release(Drafts(Take(step.Pick)));
                    break;
                case Kind.TakeBack:
                    var mark = _books.Mark();
                    for (var i = 0; i < step.Pick; i++)
                    {
                        _books.Post(step.Postings);
                    }

                    _books.TakeBack(mark);
                    break;
            }
        }

        private void Note(PostingOutcome expected, PostingResult result, (AccountId, long)[] postings)
        {
            Assert.Equal(expected, result.Outcome);
            if (result.Journal is { } journal)
            {
                _posted.AddRange(postings);
                Assert.Equal(_books.Journals.Count, journal.Number);
            }
        }

        private (AccountId, long)[] Take(int pick)
        {
            var taken = _open[pick % _open.Count];
            _open.Remove(taken);
            return taken;
        }

        /// <summary>The outcome by the simplest reading of the rules.</summary>
        private PostingOutcome Expected((AccountId Account, long Minor)[] postings)
        {
            if (postings.Any(p => p.Minor == 0))
            {
                return PostingOutcome.ZeroAmount;
            }

            var moved = postings.GroupBy(p => p.Account).Select(a => (State: _books[a.Key], Net: a.Sum(p => p.Minor))).ToList();
            return moved.Any(m => Breaks(m.State, m.Net, isFloor: true)) ? PostingOutcome.BelowFloor
                : moved.Any(m => Breaks(m.State, m.Net, isFloor: false)) ? PostingOutcome.AboveCeiling
                : PostingOutcome.Posted;
        }

        private bool Breaks(AccountState state, long net, bool isFloor)
        {
            var account = state.Account;
            var change = net * account.Type.NormalSign();
            var against = isFloor ? change < 0 : change > 0;
            // Of what is open only what goes the same way counts; a reserve in the other way changes nothing.
            var open = _open.SelectMany(o => o.GroupBy(p => p.Item1)).Where(a => a.Key == account.Id)
                .Select(a => a.Sum(p => p.Item2) * account.Type.NormalSign())
                .Where(m => isFloor ? m < 0 : m > 0).Sum();
            var now = (_posted.Where(p => p.Account == account.Id).Sum(p => p.Minor) * account.Type.NormalSign()) + open;
            var limit = isFloor ? account.FloorMinor : account.CeilingMinor;
            return against && (isFloor ? now + change < limit : now + change > limit);
        }

        private void AssertBooks()
        {
            foreach (var id in Ids)
            {
                var state = _books[id];
                var nets = _open.Select(o => o.Where(p => p.Item1 == id).Sum(p => p.Item2)).ToList();
                Assert.Equal(_posted.Where(p => p.Account == id).Sum(p => p.Minor), state.Balance.Minor);
                Assert.Equal(_posted.Count(p => p.Account == id), state.PostingCount);
                Assert.Equal(nets.Where(n => n > 0).Sum(), state.PendingDebitMinor);
                Assert.Equal(-nets.Where(n => n < 0).Sum(), state.PendingCreditMinor);
                Assert.True(state.Account.FloorMinor is not { } floor || state.LowestMinor >= floor);
                Assert.True(state.Account.CeilingMinor is not { } ceiling || state.HighestMinor <= ceiling);
            }
        }
    }

    private static List<PostingDraft> Drafts((AccountId Account, long Minor)[] postings) =>
        [.. postings.Select(p => new PostingDraft(p.Account, new Amount(p.Minor)))];
}
