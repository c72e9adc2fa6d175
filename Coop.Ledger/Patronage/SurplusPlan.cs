using System.Numerics;

namespace Coop.Ledger.Patronage;

/// <summary>A surplus, divided to the last minor unit.</summary>
/// <param name="NonMemberMinor">What business with non-members earned: never divided, it goes to the reserves.</param>
/// <param name="ReserveMinor">Of the members' part, what goes to the reserves.</param>
/// <param name="Lines">One for each member who gets something, by member.</param>
public sealed record SurplusPlan(long NonMemberMinor, long ReserveMinor, IReadOnlyList<SurplusPlan.Line> Lines)
{
    private const int DaysOfYear = 365;

    /// <summary>All that goes to the reserves.</summary>
    public long ReservesMinor => checked(NonMemberMinor + ReserveMinor);

    /// <param name="Member">Who gets it.</param>
    /// <param name="PatronageMinor">The business that it is reckoned by.</param>
    /// <param name="InterestMinor">Interest on their capital.</param>
    /// <param name="RefundMinor">Their part by patronage.</param>
    public sealed record Line(MemberId Member, long PatronageMinor, long InterestMinor, long RefundMinor)
    {
        public long TotalMinor => checked(InterestMinor + RefundMinor);
    }

    /// <summary>
    /// Divides: first the part of the surplus that business with non-members earned goes to the reserves; of the
    /// rest a part goes to the reserves, rounded up; then capital gets its interest, rounded down and never more
    /// than there is; what is left goes to the members in the proportion of their patronage, by the largest
    /// remainder, of equal ones to the lower member id. Where no member did any business, it goes to the reserves.
    /// </summary>
    /// <param name="terms">How.</param>
    /// <param name="members">Each member once, in any order.</param>
    /// <param name="nonMemberMinor">The business with non-members; below 0 counts as 0.</param>
    public static SurplusPlan Divide(SurplusTerms terms, IEnumerable<MemberShare> members, long nonMemberMinor)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(members);
        var sorted = members.OrderBy(m => m.Member.Value).ToList();
        var patronage = sorted.ConvertAll(m => BigInteger.Max(0, m.PatronageMinor));
        var ofNonMembers = OfNonMembers(terms.SurplusMinor, patronage, nonMemberMinor);
        var ofMembers = terms.SurplusMinor - ofNonMembers;
        var reserve = (long)((((BigInteger)ofMembers * terms.ReserveBasisPoints) + SurplusTerms.Whole - 1) / SurplusTerms.Whole);
        var interest = Interest(terms, sorted, ofMembers - reserve);
        var left = ofMembers - reserve - interest.Sum();
        var refunds = Apportionment.ByLargestRemainder(left, patronage);
        return new(
            ofNonMembers,
            reserve + left - refunds.Sum(),
            [
                .. sorted.Select((m, i) => new Line(m.Member, (long)patronage[i], interest[i], refunds[i]))
                    .Where(line => line.TotalMinor > 0),
            ]);
    }

    private static long OfNonMembers(long surplus, List<BigInteger> patronage, long nonMemberMinor)
    {
        var others = BigInteger.Max(0, nonMemberMinor);
        var all = patronage.Aggregate(others, (sum, p) => sum + p);
        return all.IsZero ? 0 : (long)(surplus * others / all);
    }

    private static IReadOnlyList<long> Interest(SurplusTerms terms, List<MemberShare> members, long available)
    {
        var exact = members.ConvertAll(m => BigInteger.Max(0, m.CapitalDaysMinor) * terms.InterestBasisPoints);
        var whole = exact.ConvertAll(e => e / (SurplusTerms.Whole * DaysOfYear));
        return whole.Aggregate(BigInteger.Zero, (sum, w) => sum + w) <= available
            ? whole.ConvertAll(w => (long)w)
            : Apportionment.ByLargestRemainder(available, exact);
    }
}
