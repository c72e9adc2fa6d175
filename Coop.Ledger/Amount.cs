namespace Coop.Ledger;

/// <summary>
/// A signed number of minor units of some unit: a debit is positive, a credit negative. What a minor
/// unit is worth, the unit's scale says. From -(2^63 - 1) to 2^63 - 1, so that every amount can be
/// turned round.
/// </summary>
public readonly record struct Amount(long Minor)
{
    public static readonly Amount Zero;

    public bool IsDebit => Minor > 0;

    public bool IsCredit => Minor < 0;

    /// <summary>Adds; false where the sum does not fit.</summary>
    public bool TryAdd(Amount other, out Amount sum)
    {
        var exact = (Int128)Minor + other.Minor;
        var fits = exact >= -long.MaxValue && exact <= long.MaxValue;
        sum = fits ? new Amount((long)exact) : Zero;
        return fits;
    }

    /// <summary>Adds where the sum is known to fit; throws where it does not.</summary>
    public static Amount operator +(Amount left, Amount right) => new(checked(left.Minor + right.Minor));

    public static Amount Add(Amount left, Amount right) => left + right;
}
