using System.Numerics;

namespace Coop.Ledger.Patronage;

/// <summary>Divides whole minor units among many, so that the parts add up to the whole.</summary>
public static class Apportionment
{
    /// <summary>
    /// Divides by the method of the largest remainder (Hamilton): each part is its exact share or less than one
    /// unit away from it. Of equal remainders the earlier part gets the unit.
    /// </summary>
    /// <param name="total">What is divided, 0 or more.</param>
    /// <param name="weights">0 or more each.</param>
    /// <returns>A part for each weight, adding up to the total; nothing but zeros where all weights are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Something is negative.</exception>
    public static IReadOnlyList<long> ByLargestRemainder(long total, IReadOnlyList<BigInteger> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        var sum = weights.Aggregate(BigInteger.Zero, Add);
        if (sum.IsZero)
        {
            return new long[weights.Count];
        }

        var parts = new long[weights.Count];
        var remainders = new BigInteger[weights.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = (long)BigInteger.DivRem(total * weights[i], sum, out remainders[i]);
        }

        var left = (int)(total - parts.Sum());
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).Take(left))
        {
            parts[i]++;
        }

        return parts;
    }

    private static BigInteger Add(BigInteger sum, BigInteger weight) => weight.Sign >= 0
        ? sum + weight
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is negative.");
}
