namespace Coop.Ledger.Reports;

/// <summary>What an account stood at when a day had ended, by effective dates.</summary>
public readonly record struct DayBalance(DateOnly Day, decimal BalanceMinor);

/// <summary>The rule by which the sweep takes postings into the balances of days.</summary>
public static class DayBalances
{
    /// <summary>
    /// The rows that change: every day on which something moved, and every later day that has a row. A posting that
    /// comes late, with a date long past, moves all days after its own.
    /// </summary>
    /// <param name="before">The last row before the first day that moved; null where there is none.</param>
    /// <param name="later">The rows from that day on, in order.</param>
    /// <param name="moved">What the postings add up to, by day.</param>
    public static IReadOnlyList<DayBalance> Merge(
        DayBalance? before, IReadOnlyList<DayBalance> later, IReadOnlyDictionary<DateOnly, decimal> moved)
    {
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(moved);
        var old = later.ToDictionary(d => d.Day, d => d.BalanceMinor);
        var (balance, sum) = (before?.BalanceMinor ?? 0, 0m);
        var rows = new List<DayBalance>();
        foreach (var day in old.Keys.Union(moved.Keys).Order())
        {
            balance = old.GetValueOrDefault(day, balance);
            sum += moved.GetValueOrDefault(day);
            rows.Add(new DayBalance(day, balance + sum));
        }

        return rows;
    }
}
