namespace Coop.Node.Features.Patronage;

/// <summary>A distribution of surplus, in minor units of its unit.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Period">The period whose patronage counted.</param>
/// <param name="Unit">The code of the unit.</param>
/// <param name="From">The first day for which capital got interest.</param>
/// <param name="To">The last one.</param>
/// <param name="ReserveBasisPoints">Of the members' part, what went to the reserves first.</param>
/// <param name="InterestBasisPoints">The yearly interest on capital.</param>
/// <param name="SurplusMinor">What was divided.</param>
/// <param name="NonMemberMinor">To the reserves, since business with non-members earned it.</param>
/// <param name="ReserveMinor">To the reserves, of the members' part.</param>
/// <param name="InterestMinor">To the members, on their capital.</param>
/// <param name="RefundMinor">To the members, by patronage.</param>
/// <param name="DistributedAt">When.</param>
/// <param name="EventId">The event <c>surplus.distributed</c>.</param>
public sealed record DistributionView(
    Guid Id, string Period, string Unit, DateOnly From, DateOnly To, long ReserveBasisPoints, long InterestBasisPoints,
    long SurplusMinor, long NonMemberMinor, long ReserveMinor, long InterestMinor, long RefundMinor,
    DateTimeOffset DistributedAt, Guid EventId);

/// <summary>What a member got of a surplus.</summary>
/// <param name="Period">The period whose patronage counted.</param>
/// <param name="Unit">The code of the unit.</param>
/// <param name="PatronageMinor">The business that it was reckoned by.</param>
/// <param name="InterestMinor">On capital.</param>
/// <param name="RefundMinor">By patronage.</param>
/// <param name="AccountId">Where it was paid to.</param>
/// <param name="JournalId">The journal.</param>
/// <param name="DistributedAt">When.</param>
public sealed record MemberRefund(
    string Period, string Unit, long PatronageMinor, long InterestMinor, long RefundMinor, Guid AccountId, Guid JournalId,
    DateTimeOffset DistributedAt);
