using Coop.Ledger.Banking;

namespace Coop.Node.Features.Banking;

/// <summary>A statement that was imported.</summary>
/// <param name="Id">Its id.</param>
/// <param name="BankId">The bank's number of it; for CSV the hash of the file.</param>
/// <param name="From">The day of its first line.</param>
/// <param name="To">The day of its last line.</param>
/// <param name="OpeningMinor">The bank's balance before it; null where the file does not say.</param>
/// <param name="ClosingMinor">The bank's balance after it; null where the file does not say.</param>
/// <param name="Lines">Lines that were new.</param>
/// <param name="Duplicates">Lines that an earlier file had brought.</param>
public sealed record StatementView(
    Guid Id, string BankId, DateOnly From, DateOnly To, long? OpeningMinor, long? ClosingMinor, long Lines, long Duplicates);

/// <summary>A statement and whose it is.</summary>
internal sealed record StoredStatement(Guid AccountId, string BankAccount, string FileKey, StatementView View);

/// <summary>Whether a line of the bank is in the books.</summary>
public enum BankLineState
{
    Open,
    Matched,
}

/// <summary>A line of the bank.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StatementId">The statement that brought it.</param>
/// <param name="BookedOn">The day on which the bank booked it.</param>
/// <param name="ValueOn">The day from which it counts at the bank.</param>
/// <param name="AmountMinor">In minor units of the account's unit: positive where money came in.</param>
/// <param name="BankReference">The bank's own reference; may be empty, as the next three.</param>
/// <param name="Reference">What the payer gave as reference.</param>
/// <param name="Counterparty">The other side's name.</param>
/// <param name="Text">What the bank says besides.</param>
/// <param name="State">Whether it is in the books.</param>
/// <param name="JournalId">The journal that it was matched with; null while it is open.</param>
/// <param name="Suggestions">While it is open: postings that it may be, the best first.</param>
/// <param name="Proposal">While it is open: how it would be booked by a rule; null without one.</param>
public sealed record BankLineView(
    Guid Id, Guid StatementId, DateOnly BookedOn, DateOnly ValueOn, long AmountMinor, string BankReference, string Reference,
    string Counterparty, string Text, BankLineState State, Guid? JournalId,
    IReadOnlyList<SuggestionView> Suggestions, ProposalView? Proposal);

/// <summary>A posting that a line may be.</summary>
/// <param name="JournalId">The journal.</param>
/// <param name="Line">The posting's line in it.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="Memo">The journal's memo.</param>
/// <param name="Reference">The journal's reference; may be empty.</param>
/// <param name="Score">What speaks for it; more is better.</param>
/// <param name="IsCertain">No other open posting fits as well, and no other line of the page.</param>
public sealed record SuggestionView(
    Guid JournalId, long Line, DateOnly EffectiveDate, string Memo, string Reference, int Score, bool IsCertain);

/// <summary>How a line would be booked.</summary>
/// <param name="CounterAccountId">The other account.</param>
/// <param name="Memo">The memo.</param>
public sealed record ProposalView(Guid CounterAccountId, string Memo);

/// <summary>A rule that is remembered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Contains">What counterparty, reference or text must contain, in letters of any case.</param>
/// <param name="CounterAccountId">The account that is proposed.</param>
/// <param name="Memo">The memo that is proposed; empty for the line's own words.</param>
public sealed record RuleView(Guid Id, string Contains, Guid CounterAccountId, string Memo);

/// <summary>A line as it is stored.</summary>
internal sealed record StoredLine(
    Guid Id, Guid AccountId, Guid StatementId, DateOnly BookedOn, DateOnly ValueOn, long AmountMinor, string BankReference,
    string Reference, string Counterparty, string Text, Guid? JournalId, long? JournalLine)
{
    /// <summary>As the matching reads it; amounts in minor units there.</summary>
    public BankLine ToLine() => new(BookedOn, ValueOn, AmountMinor, BankReference, Reference, Counterparty, Text);

    public BankLineView ToView(IReadOnlyList<SuggestionView> suggestions, ProposalView? proposal) => new(
        Id, StatementId, BookedOn, ValueOn, AmountMinor, BankReference, Reference, Counterparty, Text,
        JournalId is null ? BankLineState.Open : BankLineState.Matched, JournalId, suggestions, proposal);

    /// <summary>The memo of a journal that books it, where nobody gives one.</summary>
    public string Memo => string.Join(": ", new[] { Counterparty, Reference, Text }.Where(t => t.Length > 0));
}
