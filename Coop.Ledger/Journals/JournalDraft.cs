namespace Coop.Ledger.Journals;

/// <summary>A journal as it is asked for.</summary>
/// <param name="Memo">Free text, up to 500 characters, may be empty.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="Postings">None for a journal that reverses another: those follow from it.</param>
public sealed record JournalDraft(string Memo, DateOnly EffectiveDate, IReadOnlyList<PostingDraft> Postings)
{
    /// <summary>The number of the document that it rests on.</summary>
    public string? Reference { get; init; }

    /// <summary>Documents kept elsewhere.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The journal that this one takes back.</summary>
    public JournalId? Reverses { get; init; }

    /// <summary>What the journal will say.</summary>
    public JournalHead Head(JournalId id, Guid eventId, DateTimeOffset bookedAt, MemberId? bookedBy) =>
        new(id, eventId, Memo, EffectiveDate, bookedAt, bookedBy)
        {
            Reference = Reference,
            Attachments = Attachments,
            Reverses = Reverses,
        };
}
