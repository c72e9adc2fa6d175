using Coop.Node.Http;

namespace Coop.Node.Features.Patronage;

/// <summary>Checks of the fields of patronage.</summary>
internal static class PatronageFields
{
    private const int MaxPeriodLength = 20;
    private const int MaxKindLength = 40;
    private const int MaxKeyLength = 200;

    /// <summary>A period's name, e.g. <c>2026</c> or <c>2026-Q1</c>.</summary>
    public static string Period(string? text) => Name(text, "period", MaxPeriodLength);

    /// <summary>A kind of business, e.g. <c>purchases</c>.</summary>
    public static string Kind(string? text) => Name(text, "kind", MaxKindLength);

    /// <summary>The name of a record within its period.</summary>
    public static string Key(string? text) => text switch
    {
        { Length: >= 1 and <= MaxKeyLength } when text.All(c => c is >= '!' and <= '~') => text,
        _ => throw Fields.Invalid("key", $"must be 1 to {MaxKeyLength} visible ASCII characters."),
    };

    private static string Name(string? text, string field, int max) =>
        text is { Length: >= 1 } && text.Length <= max && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-')
            ? text
            : throw Fields.Invalid(field, $"must be 1 to {max} of A-Z, a-z, 0-9 and hyphens.");
}
