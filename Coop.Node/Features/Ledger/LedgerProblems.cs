using Coop.Ledger;
using Coop.Ledger.Journals;
using Coop.Node.Http;

namespace Coop.Node.Features.Ledger;

/// <summary>What the API answers to a journal that was refused.</summary>
internal static class LedgerProblems
{
    public static RefusalException Of(PostingResult result) => result.Outcome switch
    {
        PostingOutcome.TooFewPostings => ProblemTypes.TooFewPostings.With(
            $"Send at least {LedgerLimits.MinPostings} postings."),
        PostingOutcome.TooManyPostings => ProblemTypes.TooManyPostings.With(
            $"Send at most {LedgerLimits.MaxPostings} postings."),
        PostingOutcome.ZeroAmount => ProblemTypes.ZeroAmount.With("A posting has amountMinor 0."),
        PostingOutcome.UnknownAccount => ProblemTypes.UnknownAccount.With(
            $"There is no account {result.Culprit}."),
        PostingOutcome.NotAPayment => ProblemTypes.NotAPayment.With(
            $"A payment debits your own liability accounts and credits members' ones; {result.Culprit} is not of them."),
        PostingOutcome.AmountOverflow => ProblemTypes.AmountOverflow.With(
            $"The amounts are too large in {result.Culprit}."),
        PostingOutcome.Unbalanced => ProblemTypes.JournalUnbalanced.With(
            $"The postings do not sum to zero in {result.Culprit}."),
        PostingOutcome.BalanceOverflow => ProblemTypes.BalanceOverflow.With(
            $"The balance of account {result.Culprit} would be too large."),
        PostingOutcome.BelowFloor => ProblemTypes.BelowFloor.With(
            $"The balance of account {result.Culprit} would sink below its floor."),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
