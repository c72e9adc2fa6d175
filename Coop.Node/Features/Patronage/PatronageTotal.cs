namespace Coop.Node.Features.Patronage;

/// <param name="Unit">The code of the unit.</param>
/// <param name="Kind">The kind of business.</param>
/// <param name="MemberMinor">Business with members, in minor units.</param>
/// <param name="NonMemberMinor">Business with others.</param>
/// <param name="Members">How many members did some.</param>
public sealed record PatronageTotal(string Unit, string Kind, long MemberMinor, long NonMemberMinor, long Members);

/// <param name="Period">The period.</param>
/// <param name="Unit">The code of the unit.</param>
/// <param name="Kind">The kind of business.</param>
/// <param name="AmountMinor">In minor units.</param>
public sealed record MemberPatronage(string Period, string Unit, string Kind, long AmountMinor);
