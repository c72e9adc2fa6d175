namespace Coop.Federation.Trade;

/// <summary>
/// What co-signed statements say. When a statement of A arrives at B, B has taken all that A had signed before it.
/// So the two balances cancel out but for what B has committed and A, as of its statement, has not credited. Pure.
/// </summary>
public static class StatementRule
{
    /// <summary>What this side's books say.</summary>
    public static IReadOnlyList<TradeBalance> Balances(IEnumerable<TradePosition> positions, IReadOnlyList<Transfer> open) =>
    [
        .. positions.OrderBy(p => p.Unit, StringComparer.Ordinal).Select(p => new TradeBalance(
            p.Unit, p.MirrorMinor,
            [
                .. open.Where(t => t.State == TransferState.Committed && t.Offer!.Unit == p.Unit)
                    .Select(t => t.Id).OrderBy(id => id.ToString("D"), StringComparer.Ordinal),
            ])),
    ];

    /// <summary>Whether a peer's statement says what this side's books say, but for what is in flight.</summary>
    public static bool Agrees(
        IReadOnlyList<TradeBalance> theirs, IReadOnlyList<TradePosition> ours, IReadOnlyList<Transfer> open)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(open);
        return theirs.Select(b => b.Unit).Union(ours.Select(p => p.Unit)).All(unit =>
            (Int128)(theirs.FirstOrDefault(b => b.Unit == unit)?.BalanceMinor ?? 0)
            + (ours.FirstOrDefault(p => p.Unit == unit)?.MirrorMinor ?? 0)
            + InFlight(open, unit) == 0);
    }

    private static Int128 InFlight(IReadOnlyList<Transfer> open, string unit) =>
        open.Where(t => t.IsInFlight && t.Offer!.Unit == unit)
            .Aggregate((Int128)0, (sum, t) => sum + t.Offer!.AmountMinor);
}
