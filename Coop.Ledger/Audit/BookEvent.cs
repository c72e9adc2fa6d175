namespace Coop.Ledger.Audit;

/// <summary>An event of the books, as the log tells of it.</summary>
/// <param name="Entry">Its position in the log.</param>
/// <param name="Time">When, by the node's clock.</param>
/// <param name="Actor">Who acted, by a pseudonym.</param>
public abstract record BookEvent(long Entry, DateTimeOffset Time, string Actor);

/// <summary><c>account.opened</c></summary>
public sealed record AccountOpened(long Entry, DateTimeOffset Time, string Actor, AccountFacts Account) : BookEvent(Entry, Time, Actor);

/// <summary><c>account.changed</c>: limits, and whether it is a heading.</summary>
public sealed record AccountChanged(
    long Entry, DateTimeOffset Time, string Actor, Guid Account, long? FloorMinor, long? CeilingMinor, bool IsPlaceholder)
    : BookEvent(Entry, Time, Actor);

/// <summary><c>account.closed</c></summary>
public sealed record AccountClosed(long Entry, DateTimeOffset Time, string Actor, Guid Account) : BookEvent(Entry, Time, Actor);

/// <summary><c>journal.posted</c></summary>
public sealed record JournalPosted(long Entry, DateTimeOffset Time, string Actor, JournalFacts Journal) : BookEvent(Entry, Time, Actor);

/// <summary><c>journal.reservation-ended</c>: what was posted of it may pass limits that were changed since.</summary>
public sealed record ReservationEnded(long Entry, DateTimeOffset Time, string Actor, Guid? Journal) : BookEvent(Entry, Time, Actor);

/// <summary><c>reopening.requested</c></summary>
public sealed record ReopeningRequested(
    long Entry, DateTimeOffset Time, string Actor, Guid Reopening, DateOnly OpenFrom) : BookEvent(Entry, Time, Actor);

/// <summary><c>books.closed</c> without a reopening, <c>books.reopened</c> with one.</summary>
public sealed record PeriodMoved(
    long Entry, DateTimeOffset Time, string Actor, long Number, DateOnly OpenBefore, DateOnly OpenFrom, Guid? Reopening)
    : BookEvent(Entry, Time, Actor);
