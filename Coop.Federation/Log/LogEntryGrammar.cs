using System.Buffers;

namespace Coop.Federation.Log;

/// <summary>
/// What the text fields of an entry may hold: printable ASCII that JSON writes as it is. With no escapes
/// there is exactly one encoding of an entry, and a reader needs no JSON library to check that.
/// </summary>
internal static class LogEntryGrammar
{
    /// <summary>Characters of origin, actor and subject.</summary>
    public const int MaxTextSize = 255;

    /// <summary>Characters of a type.</summary>
    public const int MaxTypeSize = 64;

    /// <summary>RFC 3339 in UTC with milliseconds.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly char[] PlainChars =
        [.. Enumerable.Range(0x21, 0x7e - 0x21 + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))];

    private static readonly SearchValues<char> PlainText = SearchValues.Create(PlainChars);

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create([.. PlainChars.Select(c => (byte)c)]);

    public static bool IsPlain(ReadOnlySpan<char> text, int maxSize) =>
        text.Length >= 1 && text.Length <= maxSize && !text.ContainsAnyExcept(PlainText);

    public static bool IsPlain(ReadOnlySpan<byte> text, int maxSize) =>
        text.Length >= 1 && text.Length <= maxSize && !text.ContainsAnyExcept(PlainBytes);
}
