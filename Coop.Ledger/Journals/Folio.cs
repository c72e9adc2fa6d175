namespace Coop.Ledger.Journals;

/// <summary>
/// A leaf of the books: the journals that one transaction booked, or one change of the first open day.
/// Folios follow one another without a gap and number the journals, so that the database itself refuses a
/// journal into a closed period (docs/decisions/0009-folios.md).
/// </summary>
/// <param name="FirstNumber">The first number on it.</param>
/// <param name="NextNumber">The first number of the next one; a change takes one number.</param>
/// <param name="OpenBefore">The first open day before it.</param>
/// <param name="OpenFrom">The first day that journals may count for.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="PreviousKind">What the one before holds.</param>
public sealed record Folio(
    long FirstNumber, long NextNumber, DateOnly OpenBefore, DateOnly OpenFrom, FolioKind Kind, FolioKind PreviousKind)
{
    private const long NumberStep = 10_000_000;
    private const long DayStep = 10;

    /// <summary>What the first folio follows: no journal is on it, and every day is open.</summary>
    public static Folio Flyleaf { get; } = new(
        0, 1, LedgerLimits.FirstEffectiveDate, LedgerLimits.FirstEffectiveDate, FolioKind.Journals, FolioKind.Journals);

    /// <summary>Its name: next number, first open day and kind in one number, by which journals refer to it.</summary>
    public long Name => NameOf(NextNumber, OpenFrom, Kind);

    /// <summary>The name of the folio before; the flyleaf's is its own.</summary>
    public long Previous => FirstNumber == 0 ? Name : NameOf(FirstNumber, OpenBefore, PreviousKind);

    /// <summary>The folio after this one, with some journals.</summary>
    public Folio WithJournals(int count) =>
        new(NextNumber, checked(NextNumber + count), OpenFrom, OpenFrom, FolioKind.Journals, Kind);

    /// <summary>The folio after this one, from which another day is the first open one.</summary>
    public Folio WithChange(DateOnly openFrom) =>
        new(NextNumber, checked(NextNumber + 1), OpenFrom, openFrom, FolioKind.Change, Kind);

    /// <summary>Days as the books count them, from 1900-01-01.</summary>
    public static long DayOf(DateOnly date) => date.DayNumber - LedgerLimits.FirstEffectiveDate.DayNumber;

    /// <summary>The date of a day that <see cref="DayOf"/> counted.</summary>
    public static DateOnly DateOf(long day) => LedgerLimits.FirstEffectiveDate.AddDays(checked((int)day));

    private static long NameOf(long nextNumber, DateOnly openFrom, FolioKind kind) =>
        checked((nextNumber * NumberStep) + (DayOf(openFrom) * DayStep) + (long)kind);
}
