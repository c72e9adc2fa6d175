namespace Coop.Ledger.Journals;

/// <summary>A posted journal: its postings, which sum to zero in each unit.</summary>
/// <param name="Head">What it says.</param>
/// <param name="Postings">
/// Line 1 first. The lines of one unit stand together, units in the order in which they first came.
/// </param>
public sealed record Journal(JournalHead Head, IReadOnlyList<Posting> Postings);
