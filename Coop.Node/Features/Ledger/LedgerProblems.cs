using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Node.Http;
using Coop.Node.Idempotency;

namespace Coop.Node.Features.Ledger;

/// <summary>What the API answers to a journal that was refused.</summary>
internal static class LedgerProblems
{
    public static RefusalException Of(PostingResult result) => Of(result.Outcome, result.Culprit);

    public static RefusalException Of(PostingOutcome outcome, string? culprit) => outcome switch
    {
        PostingOutcome.LinkOpen => ProblemTypes.LinkOpen.With("The last item is linked with a next one, which is missing."),
        PostingOutcome.KeyReused => IdempotentWrites.KeyReused(),
        PostingOutcome.UnknownJournal => ProblemTypes.NotFound.With("There is no such journal."),
        PostingOutcome.AlreadyReversed => ProblemTypes.AlreadyReversed.With($"Journal {culprit} is reversed already."),
        PostingOutcome.LinkedFailed => ProblemTypes.LinkedFailed.With("Another journal that this one is linked with was refused."),
        PostingOutcome.TooFewPostings => ProblemTypes.TooFewPostings.With(
            $"Send at least {LedgerLimits.MinPostings} postings."),
        PostingOutcome.TooManyPostings => ProblemTypes.TooManyPostings.With(
            $"Send at most {LedgerLimits.MaxPostings} postings."),
        PostingOutcome.ZeroAmount => ProblemTypes.ZeroAmount.With("A posting has amountMinor 0."),
        PostingOutcome.UnknownAccount => ProblemTypes.UnknownAccount.With(
            $"There is no account {culprit}."),
        PostingOutcome.NotAPayment => ProblemTypes.NotAPayment.With(
            $"A payment debits your own liability accounts and credits members' ones; {culprit} is not of them."),
        PostingOutcome.PlaceholderAccount => ProblemTypes.PlaceholderAccount.With(
            $"Account {culprit} is a heading; nothing is posted on it."),
        PostingOutcome.AccountClosed => ProblemTypes.AccountClosed.With($"Account {culprit} is closed."),
        PostingOutcome.AboveCeiling => ProblemTypes.AboveCeiling.With(
            $"The balance of account {culprit} would rise above its ceiling."),
        PostingOutcome.AmountOverflow => ProblemTypes.AmountOverflow.With(
            $"The amounts are too large in {culprit}."),
        PostingOutcome.Unbalanced => ProblemTypes.JournalUnbalanced.With(
            $"The postings do not sum to zero in {culprit}."),
        PostingOutcome.PeriodClosed => ProblemTypes.PeriodClosed.With(
            $"The books are closed before {culprit}."),
        PostingOutcome.BalanceOverflow => ProblemTypes.BalanceOverflow.With(
            $"The balance of account {culprit} would be too large."),
        PostingOutcome.BelowFloor => ProblemTypes.BelowFloor.With(
            $"The balance of account {culprit} would sink below its floor."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
