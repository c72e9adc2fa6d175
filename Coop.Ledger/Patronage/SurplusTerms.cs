namespace Coop.Ledger.Patronage;

/// <summary>How a surplus is to be divided, as the members decided it.</summary>
/// <param name="SurplusMinor">What is divided, in minor units, 1 to 2^63 - 1.</param>
/// <param name="ReserveBasisPoints">Of the members' part, what goes to the reserves first, 0 to 10,000 (100 %).</param>
/// <param name="InterestBasisPoints">The yearly interest on paid-in capital, 0 to 10,000; never more than what is left.</param>
public sealed record SurplusTerms(long SurplusMinor, int ReserveBasisPoints, int InterestBasisPoints)
{
    /// <summary>A whole in basis points.</summary>
    public const int Whole = 10_000;
}
