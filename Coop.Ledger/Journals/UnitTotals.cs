using Coop.Ledger.Units;

namespace Coop.Ledger.Journals;

/// <summary>The debits and credits of a journal, unit by unit.</summary>
internal static class UnitTotals
{
    /// <summary>
    /// Refuses where a unit's debits or credits do not fit into 64 bits, or do not cancel out. Since
    /// both fit, so does every partial sum of the unit, in whatever order the lines are taken.
    /// </summary>
    public static PostingResult? Refuse(IEnumerable<(UnitCode Unit, Amount Amount)> postings)
    {
        // A thousand 64-bit numbers stay far below 128 bits.
        var totals = new Dictionary<UnitCode, (Int128 Debits, Int128 Credits)>();
        foreach (var (unit, amount) in postings)
        {
            var (debits, credits) = totals.GetValueOrDefault(unit);
            totals[unit] = amount.IsDebit
                ? (debits + amount.Minor, credits)
                : (debits, credits - amount.Minor);
        }

        var tooLarge = totals.Where(t => Int128.Max(t.Value.Debits, t.Value.Credits) > long.MaxValue);
        var unequal = totals.Where(t => t.Value.Debits != t.Value.Credits);
        return Refusal(PostingOutcome.AmountOverflow, tooLarge.Select(t => t.Key))
            ?? Refusal(PostingOutcome.Unbalanced, unequal.Select(t => t.Key));
    }

    private static PostingResult? Refusal(PostingOutcome outcome, IEnumerable<UnitCode> units)
    {
        var names = units.Select(u => u.Value).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : PostingResult.Refused(outcome, string.Join(", ", names));
    }
}
