namespace Coop.Ledger.Journals;

/// <summary>Who changed the first open day.</summary>
/// <param name="EventId">The event of the change.</param>
/// <param name="ChangedBy">Who made it, or approved it.</param>
/// <param name="Reopening">The approved request, where a closed day is opened again.</param>
public sealed record FolioChange(Guid EventId, MemberId ChangedBy, Guid? Reopening);
