using Coop.Ledger.Shares;
using CsCheck;

namespace Coop.Ledger.Tests.Shares;

public sealed class ShareRulesTests
{
    private static readonly Gen<(long Par, ShareStanding Standing, long Shares)> Part =
        Gen.Select(Gen.Long[1, 1_000_000], Gen.Long[1, 1_000_000_000], Gen.Double[0, 1], Gen.Double[0, 1]).Select(
            (par, held, paid, part) => (
                par,
                new ShareStanding(held, (long)(paid * par * held), 0),
                Math.Clamp((long)(part * held), 1, held)));

    [Fact]
    public void Transfer_LeavesNeitherSideOverpaid() => Part.Sample(t =>
    {
        var moved = ShareRules.MovedMinor(t.Standing, t.Shares);
        Assert.InRange(moved, 0, t.Par * t.Shares);
        Assert.InRange(t.Standing.PaidMinor - moved, 0, t.Par * (t.Standing.Shares - t.Shares));
    });

    [Fact]
    public void Redemption_LeavesWhatTheRestCosts_AndPaysTheRest() => Part.Sample(t =>
    {
        var payout = ShareRules.PayoutMinor(t.Par, t.Standing, t.Shares);
        var stays = new ShareStanding(t.Standing.Shares - t.Shares, t.Standing.PaidMinor - payout, 0);
        Assert.InRange(payout, 0, t.Par * t.Shares);
        Assert.True(payout == 0 || ShareRules.OwedMinor(t.Par, stays) == 0);
        Assert.True(stays.Shares > 0 || stays.PaidMinor == 0);
    });

    [Fact]
    public void PayIn_EndsAtPar()
    {
        var standing = new ShareStanding(3, 250, 0);
        Assert.Equal(50, ShareRules.OwedMinor(100, standing));
        Assert.Equal(ShareRefusal.None, ShareRules.PayIn(100, standing, 50));
        Assert.Equal(ShareRefusal.Overpaid, ShareRules.PayIn(100, standing, 51));
    }

    [Fact]
    public void Subscription_EndsWhereParOverflows()
    {
        var standing = new ShareStanding(long.MaxValue / 2, 0, 0);
        Assert.Equal(ShareRefusal.None, ShareRules.Subscribe(2, standing with { Shares = 0 }, long.MaxValue / 2));
        Assert.Equal(ShareRefusal.TooManyShares, ShareRules.Subscribe(2, standing, 1));
        Assert.Equal(ShareRefusal.TooManyShares, ShareRules.Subscribe(long.MaxValue, standing, long.MaxValue));
    }

    [Fact]
    public void NoticedShares_AreNotFree()
    {
        var standing = new ShareStanding(5, 0, 3);
        Assert.Equal(ShareRefusal.None, ShareRules.GiveNotice(standing, 2));
        Assert.Equal(ShareRefusal.NotEnoughShares, ShareRules.GiveNotice(standing, 3));
        Assert.Equal(ShareRefusal.NotEnoughShares, ShareRules.Transfer(1, standing, default, 3));
    }

    [Fact]
    public void Redemption_IsRefused_InOrder()
    {
        var (due, held) = (new DateOnly(2026, 5, 1), new ShareStanding(2, 0, 3));
        Assert.Equal(ShareRefusal.NoticeOver, ShareRules.Redeem(false, due, due.AddDays(-1), held, 3));
        Assert.Equal(ShareRefusal.NotDue, ShareRules.Redeem(true, due, due.AddDays(-1), held, 3));
        Assert.Equal(ShareRefusal.NotEnoughShares, ShareRules.Redeem(true, due, due, held, 3));
        Assert.Equal(ShareRefusal.None, ShareRules.Redeem(true, due, due, held, 2));
    }
}
