using Coop.Ledger.Pending;

namespace Coop.Node.Features.Ledger;

/// <summary>A pending journal.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">What became of it.</param>
/// <param name="Memo">Free text.</param>
/// <param name="Reference">The number of the document that it rests on, if any.</param>
/// <param name="EffectiveDate">The day that the journal will count for.</param>
/// <param name="ReservedAt">Since when it reserves.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="JournalId">What was posted of it.</param>
/// <param name="EventId">The event <c>journal.reserved</c>.</param>
/// <param name="Postings">What it moves.</param>
public sealed record PendingView(
    Guid Id,
    PendingState State,
    string Memo,
    string? Reference,
    DateOnly EffectiveDate,
    DateTimeOffset ReservedAt,
    DateTimeOffset? ExpiresAt,
    Guid? JournalId,
    Guid EventId,
    IReadOnlyList<PostJournal.PostingRequest> Postings);
