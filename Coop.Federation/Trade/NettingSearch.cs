namespace Coop.Federation.Trade;

/// <summary>What one co-op owes another in a unit.</summary>
/// <param name="Debtor">Who owes.</param>
/// <param name="Creditor">Whom.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="AmountMinor">Above 0.</param>
public sealed record Debt(string Debtor, string Creditor, string Unit, long AmountMinor);

/// <summary>A ring that could be netted.</summary>
/// <param name="Ring">As in <see cref="NettingPlan"/>.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="AmountMinor">The smallest debt of the ring.</param>
public sealed record NettingProposal(IReadOnlyList<string> Ring, string Unit, long AmountMinor);

/// <summary>Finds rings of debts. Pure.</summary>
public static class NettingSearch
{
    /// <summary>The longest ring that is looked for; longer ones are seldom worth their many approvals.</summary>
    public const int MaxRing = 6;

    /// <summary>How many steps one search takes at most, so that no set of debts holds a node up.</summary>
    private const int MaxSteps = 50_000;

    /// <summary>The rings through one co-op, the largest amounts first, then the shortest rings.</summary>
    /// <param name="debts">What is known; in a unit one debt for two co-ops.</param>
    /// <param name="did">The first of every ring.</param>
    /// <param name="max">At most how many.</param>
    public static IReadOnlyList<NettingProposal> Find(IEnumerable<Debt> debts, string did, int max)
    {
        var found = new List<NettingProposal>();
        var steps = 0;
        foreach (var ofUnit in debts.GroupBy(d => d.Unit, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var debtors = ofUnit.OrderBy(d => d.Debtor, StringComparer.Ordinal).ToLookup(d => d.Creditor, StringComparer.Ordinal);
            Walk([did], long.MaxValue);

            void Walk(List<string> path, long least)
            {
                foreach (var debt in debtors[path[^1]])
                {
                    if (++steps > MaxSteps)
                    {
                        return;
                    }

                    var amount = Math.Min(least, debt.AmountMinor);
                    if (debt.Debtor == did && path.Count >= NettingPlan.MinRing)
                    {
                        found.Add(new([.. path], ofUnit.Key, amount));
                    }
                    else if (path.Count < MaxRing && !path.Contains(debt.Debtor, StringComparer.Ordinal))
                    {
                        Walk([.. path, debt.Debtor], amount);
                    }
                }
            }
        }

        return [.. found.OrderByDescending(p => p.AmountMinor).ThenBy(p => p.Ring.Count).Take(max)];
    }
}
