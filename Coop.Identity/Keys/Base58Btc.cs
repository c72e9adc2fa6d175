using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using SimpleBase;

namespace Coop.Identity.Keys;

/// <summary>
/// base58 in Bitcoin's alphabet. Decoding takes time with the square of the length, so the length is
/// bounded; every text that decodes is canonical.
/// </summary>
public static class Base58Btc
{
    /// <summary>The multibase prefix (Controlled Identifiers 1.0, section 2.4).</summary>
    public const char MultibasePrefix = 'z';

    /// <summary>More than any key, hash or signature needs.</summary>
    public const int MaxLength = 256;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    public static string Encode(ReadOnlySpan<byte> bytes) => Base58.Bitcoin.Encode(bytes);

    /// <summary>With the prefix <c>z</c>.</summary>
    public static string EncodeMultibase(ReadOnlySpan<byte> bytes) => MultibasePrefix + Encode(bytes);

    /// <exception cref="KeyFormatException">A character of another alphabet, or the text is too long.</exception>
    public static byte[] Decode(string text) => TryDecode(text, out var bytes) ? bytes : throw Invalid();

    /// <param name="text">The prefix <c>z</c> and base58btc.</param>
    /// <exception cref="KeyFormatException">Another prefix or alphabet, or the text is too long.</exception>
    public static byte[] DecodeMultibase(string text) =>
        TryDecodeMultibase(text, out var bytes) ? bytes : throw Invalid();

    public static bool TryDecodeMultibase(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return text is [MultibasePrefix, ..] && TryDecode(text[1..], out bytes);
    }

    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        // The library's own check of the alphabet does not hold for characters beyond ASCII.
        if (text is not { Length: > 0 and <= MaxLength } || text.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        bytes = Base58.Bitcoin.Decode(text);
        return true;
    }

    private static KeyFormatException Invalid() =>
        new(KeyFormatCodes.Base58, "This is not base58btc with the multibase prefix z.");
}
