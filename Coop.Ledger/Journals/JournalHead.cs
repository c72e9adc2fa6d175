namespace Coop.Ledger.Journals;

/// <summary>What a journal says besides its postings.</summary>
/// <param name="Id">A UUIDv7; journals are listed in the order of their ids.</param>
/// <param name="EventId">The event of the log that tells of it.</param>
/// <param name="Memo">Free text, up to 500 characters, may be empty.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="BookedAt">When it was booked, by the node's clock.</param>
/// <param name="BookedBy">Who booked it.</param>
public sealed record JournalHead(
    JournalId Id,
    Guid EventId,
    string Memo,
    DateOnly EffectiveDate,
    DateTimeOffset BookedAt,
    MemberId BookedBy);
