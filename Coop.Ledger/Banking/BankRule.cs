namespace Coop.Ledger.Banking;

/// <summary>What is remembered of how a line was booked: whose words contain this, goes there.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Contains">3 to 100 characters; letters in any case.</param>
/// <param name="CounterAccount">The account that is proposed.</param>
/// <param name="Memo">The memo that is proposed; empty for the line's own words.</param>
public sealed record BankRule(Guid Id, string Contains, Guid CounterAccount, string Memo)
{
    /// <summary>The rule for a line: of those whose words it contains, the one that says most; null without one.</summary>
    public static BankRule? For(BankLine line, IEnumerable<BankRule> rules)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(rules);
        var words = $"{line.Counterparty}\n{line.Reference}\n{line.Text}";
        return rules
            .Where(r => words.Contains(r.Contains, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(r => r.Contains.Length).ThenBy(r => r.Id)
            .FirstOrDefault();
    }
}
