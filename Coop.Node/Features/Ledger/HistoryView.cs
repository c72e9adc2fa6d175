namespace Coop.Node.Features.Ledger;

/// <summary>A posting in the history of its account.</summary>
/// <param name="Seq">Its place in the history, from 1 without gaps.</param>
/// <param name="AmountMinor">What it moved, in minor units: debits positive, credits negative.</param>
/// <param name="BalanceMinor">The sum of the account's postings up to it, in minor units.</param>
/// <param name="JournalId">The journal that it is part of.</param>
/// <param name="Memo">The journal's memo.</param>
/// <param name="EffectiveDate">The day that the journal counts for.</param>
/// <param name="BookedAt">When the journal was booked.</param>
/// <param name="BookedBy">Who booked it; null for the node itself.</param>
/// <param name="EventId">The event <c>journal.posted</c>.</param>
public sealed record HistoryView(
    long Seq,
    long AmountMinor,
    long BalanceMinor,
    Guid JournalId,
    string Memo,
    DateOnly EffectiveDate,
    DateTimeOffset BookedAt,
    MemberView? BookedBy,
    Guid EventId);
