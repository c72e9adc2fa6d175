namespace Coop.Ledger.Banking;

/// <summary>A posting on the bank's account in the books, which no line of a statement has been matched with.</summary>
/// <param name="Journal">The journal that it is part of.</param>
/// <param name="Line">Its line there.</param>
/// <param name="EffectiveDate">The day that it counts for.</param>
/// <param name="Amount">As a decimal: positive where money came in, a debit of an asset.</param>
/// <param name="Reference">The number of the document that it rests on, or empty.</param>
/// <param name="Memo">The journal's memo.</param>
public sealed record OpenPosting(Guid Journal, long Line, DateOnly EffectiveDate, decimal Amount, string Reference, string Memo);

/// <summary>That a line and a posting may be the same.</summary>
/// <param name="LineIndex">The line's place in the statement.</param>
/// <param name="Posting">The posting.</param>
/// <param name="Score">10 for the amount and the window, and what else speaks for it.</param>
/// <param name="IsCertain">No other posting fits the line as well, and no other line the posting: a click confirms it.</param>
public sealed record MatchSuggestion(int LineIndex, OpenPosting Posting, int Score, bool IsCertain);

/// <summary>
/// Which postings a statement's lines may be. The amount must be the same and the days close; the reference, the
/// counterparty's name and the same day speak for a match. Nothing is matched by itself: people confirm.
/// </summary>
public static class BankMatching
{
    /// <summary>How many days a bank may take, in either direction.</summary>
    public const int WindowDays = 7;

    /// <summary>Suggestions for one line.</summary>
    public const int MaxSuggestions = 5;

    private const int Fits = 10;
    private const int SameReference = 50;
    private const int SameName = 20;
    private const int SameDay = 8;

    /// <summary>The suggestions for each line, the best first.</summary>
    public static IReadOnlyList<MatchSuggestion> Suggest(IReadOnlyList<BankLine> lines, IReadOnlyList<OpenPosting> postings)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(postings);
        var byAmount = postings.ToLookup(p => p.Amount);
        var all = lines
            .SelectMany((line, i) => byAmount[line.Amount]
                .Where(p => Days(line, p) <= WindowDays)
                .Select(p => new MatchSuggestion(i, p, Score(line, p), false)))
            .ToList();
        var bestOfPosting = all.ToLookup(s => s.Posting);
        return [.. all.GroupBy(s => s.LineIndex).OrderBy(g => g.Key).SelectMany(g => g
            .OrderByDescending(s => s.Score).ThenBy(s => Days(lines[s.LineIndex], s.Posting)).ThenBy(s => s.Posting.Journal).ThenBy(s => s.Posting.Line)
            .Take(MaxSuggestions)
            .Select(s => s with { IsCertain = IsOnlyBest(s, g) && IsOnlyBest(s, bestOfPosting[s.Posting]) }))];
    }

    private static bool IsOnlyBest(MatchSuggestion suggestion, IEnumerable<MatchSuggestion> among) =>
        among.Count(s => s.Score >= suggestion.Score) == 1;

    private static int Score(BankLine line, OpenPosting posting)
    {
        var said = $"{posting.Reference} {posting.Memo}";
        return Fits
            + (Contains($"{line.Reference} {line.Text}", posting.Reference) || Contains(said, line.Reference) ? SameReference : 0)
            + (Contains(said, line.Counterparty) ? SameName : 0)
            + Math.Max(0, SameDay - Days(line, posting));
    }

    private static int Days(BankLine line, OpenPosting posting) => Math.Abs(line.BookedOn.DayNumber - posting.EffectiveDate.DayNumber);

    /// <summary>Letters and digits alone count: banks drop and add blanks and signs. What is shorter than three says nothing.</summary>
    private static bool Contains(string text, string wanted)
    {
        var (words, word) = (Bare(text), Bare(wanted));
        return word.Length >= 3 && words.Contains(word, StringComparison.Ordinal);
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant));
}
