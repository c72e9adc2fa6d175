using System.Globalization;

namespace Coop.Ledger.Exchange;

/// <summary>An amount of an hledger posting: <c>-12.50 EUR</c>, <c>€3</c>, <c>2 "SHARE1" @ 25 EUR</c>.</summary>
/// <param name="Quantity">What the account moves by.</param>
/// <param name="Commodity">Of what; empty where none is named.</param>
/// <param name="Cost">What it counts for when its transaction is balanced.</param>
/// <param name="CostCommodity">Of what the cost is.</param>
internal readonly record struct HledgerAmount(decimal Quantity, string Commodity, decimal Cost, string CostCommodity)
{
    /// <param name="text">Without comment; an assertion at the end is not looked at.</param>
    /// <param name="mark">The file's decimal mark, where it declares one.</param>
    /// <param name="line">For the complaint.</param>
    public static HledgerAmount Parse(string text, char? mark, int line)
    {
        var assertion = text.IndexOf('=', StringComparison.Ordinal);
        var parts = (assertion < 0 ? text : text[..assertion]).Split('@', 2);
        var (quantity, commodity) = Simple(parts[0], mark, line);
        if (parts.Length == 1)
        {
            return new(quantity, commodity, quantity, commodity);
        }

        var isTotal = parts[1].StartsWith('@');
        var (price, priceCommodity) = Simple(parts[1].TrimStart('@'), mark, line);
        try
        {
            return new(quantity, commodity, isTotal ? price * decimal.Sign(quantity) : price * quantity, priceCommodity);
        }
        catch (OverflowException e)
        {
            throw new ExchangeException(ExchangeFault.TooLarge, line, "The amount is too large.", e);
        }
    }

    private static (decimal Quantity, string Commodity) Simple(string text, char? mark, int line)
    {
        // What is no part of a number is the symbol, on either side of it, with or without quotes.
        var quoted = text.Split('"');
        var symbol = quoted.Length == 3 ? quoted[1] : null;
        var bare = symbol is null ? text : quoted[0] + quoted[2];
        var number = new string([.. bare.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '+' or '_' or '\'')]);
        symbol ??= new string([.. bare.Where(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or '-' or '+' or '_' or '\'') && !char.IsWhiteSpace(c))]);
        return quoted.Length is 1 or 3 && decimal.TryParse(
            Plain(number, mark, line), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantity)
            ? (quantity, symbol)
            : throw new ExchangeException(ExchangeFault.Malformed, line, $"“{text.Trim()}” is no amount.");
    }

    /// <summary>
    /// With a point as the mark and no groups. Where the file declares no mark, of two different signs the last is
    /// it, one that stands more than once groups, and one alone is the mark unless it could be either.
    /// </summary>
    private static string Plain(string number, char? mark, int line)
    {
        var marks = number.Where(c => c is '.' or ',').ToList();
        if (mark is null && marks.Count > 0)
        {
            var last = marks[^1];
            if (marks.Count(c => c == last) == 1)
            {
                var isEither = marks.Count == 1 && number.Length - number.LastIndexOf(last) - 1 == 3;
                mark = isEither
                    ? throw new ExchangeException(ExchangeFault.Unsupported, line, $"In {number}, is “{last}” the decimal mark? Say so with decimal-mark.")
                    : last;
            }
            else if (marks.Distinct().Count() > 1)
            {
                throw new ExchangeException(ExchangeFault.Malformed, line, $"“{number}” is no number.");
            }
        }

        return new string([.. number.Where(c => char.IsAsciiDigit(c) || c is '-' or '+' || c == mark).Select(c => c == mark ? '.' : c)]);
    }
}
