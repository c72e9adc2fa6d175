using System.Globalization;
using System.Text;

namespace Coop.Node.Http;

/// <summary>
/// Checks of single fields, used by every slice. Each returns the value as it is to be kept, or refuses
/// with <see cref="ProblemTypes.InvalidField"/> naming the field.
/// </summary>
public static class Fields
{
    /// <summary>One line of text: trimmed, without control characters.</summary>
    /// <param name="value">What the caller sent.</param>
    /// <param name="field">Its name in the JSON.</param>
    /// <param name="min">The least length in Unicode characters, after trimming.</param>
    /// <param name="max">The greatest.</param>
    public static string Text(string? value, string field, int min, int max) =>
        Check(value, field, min, max, multiline: false);

    /// <summary>Text that may run over several lines; line ends become a single line feed.</summary>
    public static string Multiline(string? value, string field, int min, int max) =>
        Check(value, field, min, max, multiline: true);

    /// <summary>As <see cref="Text"/>, where the field may be left out: null stays null, blank becomes null.</summary>
    public static string? OptionalText(string? value, string field, int max) =>
        string.IsNullOrWhiteSpace(value) ? null : Text(value, field, 1, max);

    /// <summary>A whole number between two bounds, both included.</summary>
    public static long Range(long value, string field, long min, long max) =>
        value >= min && value <= max
            ? value
            : throw Invalid(field, string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}."));

    /// <summary>One of a few words.</summary>
    public static string OneOf(string? value, string field, IReadOnlyCollection<string> allowed) =>
        value is not null && allowed.Contains(value, StringComparer.Ordinal)
            ? value
            : throw Invalid(field, $"must be one of {string.Join(", ", allowed)}.");

    /// <summary>The refusal of a field, worded as “<paramref name="field"/> <paramref name="complaint"/>”.</summary>
    public static RefusalException Invalid(string field, string complaint) =>
        ProblemTypes.InvalidField.At(field, $"{field} {complaint}");

    private static string Check(string? value, string field, int min, int max, bool multiline)
    {
        var text = (value ?? throw Invalid(field, "is missing.")).Trim();
        if (multiline)
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            length++;
            if (!IsAllowed(rune, multiline))
            {
                throw Invalid(field, "holds a control character.");
            }
        }

        // Rune enumeration shows a lone surrogate as U+FFFD; only the original can tell.
        if (HasLoneSurrogate(text))
        {
            throw Invalid(field, "is not well-formed Unicode.");
        }

        return length >= min && length <= max ? text : throw Invalid(field, Length(min, max));
    }

    private static string Length(int min, int max) => string.Create(
        CultureInfo.InvariantCulture, $"must have {min} to {max} characters.");

    /// <summary>
    /// Control characters and the bidirectional overrides: with those a text can show itself as another.
    /// </summary>
    private static bool IsAllowed(Rune rune, bool multiline) =>
        rune.Value is '\n' or '\t'
            ? multiline
            : Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
              && rune.Value is not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069);

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
