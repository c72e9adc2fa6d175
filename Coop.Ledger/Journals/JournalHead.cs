namespace Coop.Ledger.Journals;

/// <summary>What a journal says, apart from its postings.</summary>
/// <param name="Id">Its id.</param>
/// <param name="EventId">The event that records it.</param>
/// <param name="Memo">Free text, up to 500 characters, may be empty.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="BookedAt">When it was booked, by the node's clock.</param>
/// <param name="BookedBy">Who booked it; null for the node itself.</param>
public sealed record JournalHead(
    JournalId Id,
    Guid EventId,
    string Memo,
    DateOnly EffectiveDate,
    DateTimeOffset BookedAt,
    MemberId? BookedBy)
{
    /// <summary>The number of the document that it rests on, 1 to 100 characters; null without one.</summary>
    public string? Reference { get; init; }

    /// <summary>Documents kept elsewhere, by their SHA-256.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The journal that this one takes back; null for all others.</summary>
    public JournalId? Reverses { get; init; }
}
