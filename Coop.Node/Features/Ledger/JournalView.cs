namespace Coop.Node.Features.Ledger;

/// <summary>A journal: postings that sum to zero in each unit.</summary>
/// <param name="Id">The journal's id.</param>
/// <param name="Number">Its number in the books; null from before there were numbers.</param>
/// <param name="Memo">Free text.</param>
/// <param name="Reference">The number of the document that it rests on, if any.</param>
/// <param name="Attachments">Documents kept elsewhere, by their SHA-256 in hexadecimal.</param>
/// <param name="Reverses">The journal that it takes back, if any.</param>
/// <param name="ReversedBy">The journal that takes it back, if any.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="BookedAt">When it was booked.</param>
/// <param name="BookedBy">Who booked it; null for the node itself.</param>
/// <param name="EventId">The event <c>journal.posted</c>.</param>
/// <param name="Postings">The lines of one unit stand together.</param>
public sealed record JournalView(
    Guid Id,
    long? Number,
    string Memo,
    string? Reference,
    IReadOnlyList<string> Attachments,
    Guid? Reverses,
    Guid? ReversedBy,
    DateOnly EffectiveDate,
    DateTimeOffset BookedAt,
    MemberView? BookedBy,
    Guid EventId,
    IReadOnlyList<JournalView.Posting> Postings)
{
    /// <param name="AccountId">The account that is posted on.</param>
    /// <param name="AccountName">Its name.</param>
    /// <param name="Unit">The code of its unit.</param>
    /// <param name="AmountMinor">In minor units, never zero: debits positive, credits negative.</param>
    public sealed record Posting(Guid AccountId, string AccountName, string Unit, long AmountMinor);
}
