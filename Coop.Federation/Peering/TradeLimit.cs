namespace Coop.Federation.Peering;

/// <summary>How much the other side may owe the granter in one unit.</summary>
/// <param name="Unit">The unit's code, e.g. <c>EUR</c>: 2 to 12 capital letters and digits.</param>
/// <param name="MaxCreditMinor">In minor units, 1 to 2^53 − 1.</param>
public sealed record TradeLimit(string Unit, long MaxCreditMinor);
