using Coop.Ledger.Banking;
using Coop.Node.Database;
using Npgsql;

namespace Coop.Node.Features.Banking;

/// <summary>Puts to each open line what it may be in the books.</summary>
internal static class LineViews
{
    /// <summary>Postings that are looked at for one page of lines.</summary>
    private const int MaxPostings = 5_000;

    internal const string SelectOpenPostings = """
        SELECT j.id, p.line, j.effective_date, p.amount_minor, coalesce(j.reference, ''), j.memo
        FROM ledger_journals j
        JOIN ledger_postings p ON p.journal_id = j.id
        WHERE j.effective_date >= $2 AND j.effective_date <= $3 AND p.account_id = $1 AND p.amount_minor = ANY($4)
          AND NOT EXISTS (SELECT 1 FROM bank_lines b WHERE b.journal_id = p.journal_id AND b.journal_line = p.line)
        LIMIT $5
        """;

    public static async Task<IReadOnlyList<BankLineView>> OfAsync(
        NpgsqlConnection connection, Guid account, IReadOnlyList<StoredLine> lines, CancellationToken ct)
    {
        var open = lines.Where(l => l.JournalId is null).ToList();
        if (open.Count == 0)
        {
            return [.. lines.Select(l => l.ToView([], null))];
        }

        var rules = await BankStore.RulesAsync(connection, account, ct);
        var postings = await connection.Command(
                SelectOpenPostings, account, open.Min(l => l.BookedOn).AddDays(-BankMatching.WindowDays),
                open.Max(l => l.BookedOn).AddDays(BankMatching.WindowDays), open.Select(l => l.AmountMinor).Distinct().ToArray(), (long)MaxPostings)
            .ListAsync(r => new OpenPosting(
                r.GetGuid(0), r.GetInt64(1), r.GetFieldValue<DateOnly>(2), r.GetInt64(3), r.GetString(4), r.GetString(5)), ct);
        var suggestions = BankMatching.Suggest([.. open.Select(l => l.ToLine())], postings).ToLookup(s => open[s.LineIndex].Id);
        return [.. lines.Select(l => l.ToView([.. suggestions[l.Id].Select(View)], l.JournalId is null ? Proposal(l, rules) : null))];
    }

    private static SuggestionView View(MatchSuggestion s) => new(
        s.Posting.Journal, s.Posting.Line, s.Posting.EffectiveDate, s.Posting.Memo, s.Posting.Reference, s.Score, s.IsCertain);

    private static ProposalView? Proposal(StoredLine line, IReadOnlyList<BankRule> rules) =>
        BankRule.For(line.ToLine(), rules) is { } rule ? new(rule.CounterAccount, rule.Memo.Length > 0 ? rule.Memo : line.Memo) : null;
}
