using Coop.Ledger;

namespace Coop.Node.Features.Patronage;

/// <summary>Business that somebody did with the co-op.</summary>
/// <param name="Key">Its name within the period.</param>
/// <param name="Member">Who; null for somebody who is no member.</param>
/// <param name="Kind">What kind of business, e.g. <c>purchases</c>.</param>
/// <param name="Unit">The code of the unit.</param>
/// <param name="AmountMinor">In minor units, not zero; negative takes business back.</param>
public sealed record PatronageRecord(string Key, MemberId? Member, string Kind, string Unit, long AmountMinor);
