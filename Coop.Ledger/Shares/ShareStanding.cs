namespace Coop.Ledger.Shares;

/// <summary>What a member holds of one class.</summary>
/// <param name="Shares">Shares subscribed, 0 or more.</param>
/// <param name="PaidMinor">What was paid in on them, 0 or more: this alone is capital.</param>
/// <param name="NoticedShares">Shares on which notice was given and has not ended.</param>
public readonly record struct ShareStanding(long Shares, long PaidMinor, long NoticedShares)
{
    /// <summary>Shares on which no notice was given; only these can be transferred, or given notice on.</summary>
    public long FreeShares => Math.Max(0, Shares - NoticedShares);
}
