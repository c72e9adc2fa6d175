using System.Globalization;

namespace Coop.Ledger.Exchange;

/// <summary>
/// Amounts as decimal text, <c>-12.05</c> for -1205 at scale 2: always a point, always all decimals, no
/// grouping. Exact over all 64 bits.
/// </summary>
public static class Decimals
{
    /// <param name="minor">In minor units.</param>
    /// <param name="scale">Decimals of one whole unit, 0 to 9.</param>
    public static string Text(Int128 minor, int scale)
    {
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = minor < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>The minor units of a decimal; false where it has more decimals than the scale, or does not fit.</summary>
    public static bool TryToMinor(decimal value, int scale, out long minor)
    {
        minor = 0;
        if (decimal.Abs(value) > long.MaxValue)
        {
            return false;
        }

        // At most 19 digits and 9 more: decimal holds 28.
        decimal scaled;
        try
        {
            scaled = value * Power(scale);
        }
        catch (OverflowException)
        {
            return false;
        }

        if (scaled != decimal.Truncate(scaled) || decimal.Abs(scaled) > long.MaxValue)
        {
            return false;
        }

        minor = (long)scaled;
        return true;
    }

    private static decimal Power(int scale) => new(Enumerable.Repeat(10L, scale).Aggregate(1L, (a, b) => checked(a * b)));
}
