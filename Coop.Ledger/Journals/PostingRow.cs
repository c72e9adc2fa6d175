using Coop.Ledger.Units;

namespace Coop.Ledger.Journals;

/// <summary>A posting with what ties it to the next line of its journal, and the last line to the first.</summary>
internal readonly record struct PostingRow(
    JournalId Journal, Posting Posting, int LineCount, int NextLine, UnitCode NextUnit)
{
    public static IEnumerable<PostingRow> Ring(Journal journal)
    {
        var lines = journal.Postings;
        for (var i = 0; i < lines.Count; i++)
        {
            var next = lines[(i + 1) % lines.Count];
            yield return new PostingRow(journal.Head.Id, lines[i], lines.Count, next.Line, next.Unit);
        }
    }
}
