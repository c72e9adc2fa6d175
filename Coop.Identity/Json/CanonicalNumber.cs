using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Coop.Identity.Json;

/// <summary>
/// RFC 8785, section 3.2.2.3: the number as ECMAScript's Number::toString writes it, i.e. the shortest
/// digits that read back to the same IEEE 754 double.
/// </summary>
internal static class CanonicalNumber
{
    // ECMAScript writes plain digits for a decimal point position in (-6, 21], else an exponent.
    private const int MaxPlainPoint = 21;
    private const int MinPlainPoint = -6;

    public static void Write(IBufferWriter<byte> output, string json) =>
        output.Write(Encoding.ASCII.GetBytes(Format(Read(json))));

    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new CanonicalJsonException("A number is not finite.");
        }

        if (value == 0)
        {
            return "0"; // Minus zero too.
        }

        var sign = value < 0 ? "-" : "";
        var (digits, point) = ShortestDigits(Math.Abs(value));
        return sign + Place(digits, point);
    }

    private static double Read(string json)
    {
        if (!double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw new CanonicalJsonException("A number could not be read.");
        }

        var isInteger = json.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (isInteger && double.IsFinite(value)
            && new BigInteger(value) != BigInteger.Parse(json, CultureInfo.InvariantCulture))
        {
            throw new CanonicalJsonException("An integer is larger than a double holds exactly.");
        }

        return value;
    }

    // The value is 0.DIGITS × 10^point, without leading or trailing zeros in DIGITS.
    private static (string Digits, int Point) ShortestDigits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = at < 0 ? text : text[..at];
        var exponent = at < 0 ? 0 : int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var point = exponent + (dot < 0 ? mantissa.Length : dot) - (all.Length - digits.Length);
        return (digits.TrimEnd('0'), point);
    }

    private static string Place(string digits, int point)
    {
        if (point is > MinPlainPoint and <= MaxPlainPoint)
        {
            return point switch
            {
                _ when point >= digits.Length => digits + new string('0', point - digits.Length),
                > 0 => $"{digits[..point]}.{digits[point..]}",
                _ => "0." + new string('0', -point) + digits,
            };
        }

        var exponent = point - 1;
        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent)}");
    }
}
