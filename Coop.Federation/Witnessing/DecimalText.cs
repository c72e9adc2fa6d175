using System.Globalization;

namespace Coop.Federation.Witnessing;

/// <summary>A size as the C2SP formats write it: ASCII digits without leading zeros, below 2^63.</summary>
internal static class DecimalText
{
    public static bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value.ToString(CultureInfo.InvariantCulture) == text;
}
