using Coop.Ledger.Journals;
using Coop.Node.Idempotency;

namespace Coop.Node.Features.Ledger;

/// <summary>What became of an item.</summary>
/// <param name="Outcome">Posted, now or earlier, or why not.</param>
/// <param name="Culprit">For a refusal the account or unit that it is about, where it is about one.</param>
/// <param name="Answer">What is answered to an item that is posted.</param>
/// <param name="Replayed">Whether it was posted by an earlier request.</param>
public sealed record PostingReply(
    PostingOutcome Outcome, string? Culprit = null, IdempotentAnswer? Answer = null, bool Replayed = false)
{
    /// <summary>The answer to a request of this item alone.</summary>
    /// <exception cref="Http.RefusalException">It was refused.</exception>
    public IdempotentResult Result() =>
        Answer is null ? throw LedgerProblems.Of(Outcome, Culprit) : new IdempotentResult(Answer, Replayed);
}
