using System.Numerics;

namespace Coop.Ledger.Patronage;

/// <summary>What a member did with the co-op in a period, and what they had paid in.</summary>
/// <param name="Member">Who.</param>
/// <param name="PatronageMinor">Their business with the co-op, in minor units; below 0 where more was taken back than done.</param>
/// <param name="CapitalDaysMinor">Their paid-in capital, summed over the days of the period, in minor units times days.</param>
public sealed record MemberShare(MemberId Member, long PatronageMinor, BigInteger CapitalDaysMinor);
