using System.Diagnostics.CodeAnalysis;

namespace Coop.Ledger.Units;

/// <summary>
/// The code of a unit: 2 to 12 of <c>A-Z 0-9</c>. Money takes its ISO 4217 code (<c>EUR</c>), other
/// units any code that is free (<c>HOURS</c>).
/// </summary>
public readonly record struct UnitCode
{
    private UnitCode(string value) => Value = value;

    public string Value => field ?? throw new InvalidOperationException("A unit code was never set.");

    public static bool TryParse([NotNullWhen(true)] string? text, out UnitCode code)
    {
        var valid = text is { Length: >= LedgerLimits.MinUnitCodeLength and <= LedgerLimits.MaxUnitCodeLength }
            && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
        code = valid ? new UnitCode(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is not a unit code.</exception>
    public static UnitCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException("A unit code is 2 to 12 of A-Z 0-9.");

    public override string ToString() => Value;
}
