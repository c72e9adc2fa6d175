namespace Coop.Ledger.Shares;

/// <summary>
/// The rules of share capital, for a par value of at least 1 and counts of at least 1. Nothing here rounds a
/// unit away: what leaves one place arrives in another. Normative: specs/shares.md.
/// </summary>
public static class ShareRules
{
    /// <summary>Whether a member may hold so many more.</summary>
    public static ShareRefusal Subscribe(long parMinor, ShareStanding standing, long shares) =>
        (Int128)parMinor * ((Int128)standing.Shares + shares) <= long.MaxValue
            ? ShareRefusal.None
            : ShareRefusal.TooManyShares;

    /// <summary>What is still to be paid on the shares, in minor units, 0 or more.</summary>
    public static long OwedMinor(long parMinor, ShareStanding standing) =>
        (long)Int128.Max(0, ((Int128)parMinor * standing.Shares) - standing.PaidMinor);

    /// <summary>Whether so much may be paid in.</summary>
    public static ShareRefusal PayIn(long parMinor, ShareStanding standing, long amountMinor) =>
        amountMinor <= OwedMinor(parMinor, standing) ? ShareRefusal.None : ShareRefusal.Overpaid;

    /// <summary>Whether notice may be given on so many shares.</summary>
    public static ShareRefusal GiveNotice(ShareStanding standing, long shares) =>
        shares <= standing.FreeShares ? ShareRefusal.None : ShareRefusal.NotEnoughShares;

    /// <summary>Whether so many shares may go from one member to another.</summary>
    public static ShareRefusal Transfer(long parMinor, ShareStanding from, ShareStanding to, long shares) =>
        shares > from.FreeShares ? ShareRefusal.NotEnoughShares : Subscribe(parMinor, to, shares);

    /// <summary>
    /// The paid-in money that goes with shares: their part of all that was paid, rounded down, so that neither
    /// side ends with more paid in than its shares cost.
    /// </summary>
    /// <param name="from">Who transfers, with at least as many shares.</param>
    /// <param name="shares">How many.</param>
    public static long MovedMinor(ShareStanding from, long shares) =>
        checked((long)((Int128)from.PaidMinor * shares / from.Shares));

    /// <summary>Whether shares on which notice was given may be redeemed.</summary>
    /// <param name="isOpen">Whether the notice was neither redeemed nor withdrawn.</param>
    /// <param name="dueOn">The day from which they may be.</param>
    /// <param name="today">The day of the redemption.</param>
    /// <param name="standing">What the member holds.</param>
    /// <param name="shares">How many the notice is for.</param>
    public static ShareRefusal Redeem(bool isOpen, DateOnly dueOn, DateOnly today, ShareStanding standing, long shares) =>
        !isOpen ? ShareRefusal.NoticeOver
        : today < dueOn ? ShareRefusal.NotDue
        : shares > standing.Shares ? ShareRefusal.NotEnoughShares
        : ShareRefusal.None;

    /// <summary>
    /// What a redemption pays: what was paid in beyond the par value of the shares that stay; everything
    /// where none stays. So unpaid shares are given up for nothing, and the rest is covered first.
    /// </summary>
    public static long PayoutMinor(long parMinor, ShareStanding standing, long shares) => checked((long)Int128.Max(
        0, standing.PaidMinor - ((Int128)parMinor * ((Int128)standing.Shares - shares))));
}
