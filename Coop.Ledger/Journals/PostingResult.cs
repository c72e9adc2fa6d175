namespace Coop.Ledger.Journals;

/// <summary>The outcome of one journal.</summary>
/// <param name="Outcome">Posted, or why not.</param>
/// <param name="Culprit">For a refusal the account or unit that it is about, where it is about one.</param>
/// <param name="Journal">The journal where it was posted.</param>
public sealed record PostingResult(PostingOutcome Outcome, string? Culprit, Journal? Journal)
{
    internal static PostingResult Posted(Journal journal) => new(PostingOutcome.Posted, null, journal);

    internal static PostingResult Refused(PostingOutcome outcome, string? culprit = null) =>
        new(outcome, culprit, null);
}
