using System.Numerics;
using Coop.Ledger.Patronage;
using CsCheck;

namespace Coop.Ledger.Tests.Patronage;

public sealed class SurplusPlanTests
{
    private static readonly MemberId[] Members =
        [.. Enumerable.Range(1, 6).Select(i => new MemberId(new Guid(i, 0, 0, new byte[8])))];

    private static readonly Gen<SurplusTerms> AnyTerms = Gen.Select(
        Gen.OneOf(Gen.Long[1, 1_000], Gen.Long[1, long.MaxValue]),
        Gen.Int[0, SurplusTerms.Whole],
        Gen.Int[0, SurplusTerms.Whole],
        (surplus, reserve, interest) => new SurplusTerms(surplus, reserve, interest));

    private static readonly Gen<long> AnyBusiness = Gen.OneOf(Gen.Long[-5, 100], Gen.Long[-long.MaxValue, long.MaxValue]);

    private static readonly Gen<MemberShare[]> AnyMembers = Gen
        .Select(AnyBusiness, Gen.OneOf(Gen.Long[-5, 100_000], Gen.Long[0, long.MaxValue]))
        .Array[0, Members.Length]
        .Select(shares => (MemberShare[])[.. shares.Select((s, i) => new MemberShare(Members[i], s.Item1, (BigInteger)s.Item2 * 365))]);

    [Fact]
    public void Divides_ByPatronage_AfterReservesAndInterest()
    {
        // 1,000.00: 20 % of the business was with others; of 800.00 10 % go to the reserves; 100.00 of capital over a
        // year get 5 %; 715.00 are left for business of 300 and 100.
        var plan = SurplusPlan.Divide(
            new(100_000, 1_000, 500),
            [new(Members[1], 10_000, 0), new(Members[0], 30_000, 365 * (BigInteger)10_000)],
            10_000);

        Assert.Equal(20_000, plan.NonMemberMinor);
        Assert.Equal(8_000, plan.ReserveMinor);
        Assert.Equal([new(Members[0], 30_000, 500, 53_625), new(Members[1], 10_000, 0, 17_875)], plan.Lines);
    }

    [Fact]
    public void GivesTheLastUnits_ToTheLargestRemainders_AndOfEqualOnesToTheLowerMember()
    {
        var plan = SurplusPlan.Divide(new(11, 0, 0), [new(Members[2], 1, 0), new(Members[1], 1, 0), new(Members[0], 1, 0)], 0);
        Assert.Equal([4L, 4L, 3L], plan.Lines.Select(l => l.RefundMinor));
        Assert.Equal(Members[..3], plan.Lines.Select(l => l.Member));
    }

    [Fact]
    public void WithoutBusiness_AllGoesToTheReserves()
    {
        Assert.Equal(new(0, 7, []), SurplusPlan.Divide(new(7, 0, 0), [], 0) with { Lines = [] });
        Assert.Equal(7, SurplusPlan.Divide(new(7, 0, 0), [new(Members[0], -3, 0)], 5).NonMemberMinor);
    }

    [Fact]
    public void InterestIsNeverMoreThanThereIs()
    {
        var plan = SurplusPlan.Divide(
            new(10, 5_000, 10_000), [new(Members[0], 1, 36_500_000), new(Members[1], 1, 36_500_000)], 0);
        Assert.Equal(5, plan.ReserveMinor);
        Assert.Equal([3L, 2L], plan.Lines.Select(l => l.InterestMinor));
    }

    [Fact]
    public void EveryPlan_AddsUpExactly_AndIsFair() => Gen.Select(AnyTerms, AnyMembers, AnyBusiness).Sample(
        (terms, members, others) =>
        {
            var plan = SurplusPlan.Divide(terms, members, others);
            Assert.Equal(terms.SurplusMinor, plan.ReservesMinor + plan.Lines.Sum(l => l.TotalMinor));
            Assert.True(plan.NonMemberMinor >= 0 && plan.ReserveMinor >= 0);
            Assert.All(plan.Lines, l => Assert.True(l.InterestMinor >= 0 && l.RefundMinor >= 0 && l.TotalMinor > 0));
            AssertFair(plan);
            // The order in which members are given plays no part.
            var again = SurplusPlan.Divide(terms, members.Reverse(), others);
            Assert.Equal(plan.Lines, again.Lines);
        },
        iter: 5_000);

    // Who did more gets as much or more, and nobody's part is a whole unit away from the exact one.
    private static void AssertFair(SurplusPlan plan)
    {
        var (refunds, business) = (plan.Lines.Aggregate(BigInteger.Zero, (s, l) => s + l.RefundMinor), plan.Lines.Aggregate(BigInteger.Zero, (s, l) => s + l.PatronageMinor));
        foreach (var (a, b) in plan.Lines.SelectMany(a => plan.Lines.Select(b => (a, b))))
        {
            Assert.True(a.PatronageMinor <= b.PatronageMinor || a.RefundMinor >= b.RefundMinor);
        }

        foreach (var line in plan.Lines.Where(_ => !business.IsZero))
        {
            // Members whose part came to nothing are not among the lines; they take less than a unit each.
            var exact = refunds * line.PatronageMinor / business;
            Assert.True(BigInteger.Abs(exact - line.RefundMinor) <= Members.Length);
        }
    }
}
