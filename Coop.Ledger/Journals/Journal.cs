namespace Coop.Ledger.Journals;

/// <summary>A posted journal: its postings, which sum to zero in each unit.</summary>
/// <param name="Number">Its place in the books, from 1; closings and reopenings take numbers too.</param>
/// <param name="Head">What it says.</param>
/// <param name="Postings">
/// Line 1 first. The lines of one unit stand together, units in the order in which they first came.
/// </param>
public sealed record Journal(long Number, JournalHead Head, IReadOnlyList<Posting> Postings);
