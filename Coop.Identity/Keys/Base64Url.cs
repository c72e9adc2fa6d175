using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Bcl = System.Buffers.Text.Base64Url;

namespace Coop.Identity.Keys;

/// <summary>
/// base64url as JOSE writes it (RFC 7515, section 2): no padding, no white space, and the unused bits of
/// the last character zero, so that equal bytes have equal texts.
/// </summary>
public static class Base64Url
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static string Encode(ReadOnlySpan<byte> bytes) => Bcl.EncodeToString(bytes);

    /// <exception cref="KeyFormatException">The text is not in the canonical form.</exception>
    public static byte[] Decode(ReadOnlySpan<char> text) => TryDecode(text, out var bytes)
        ? bytes
        : throw new KeyFormatException(KeyFormatCodes.Base64Url, "This is not base64url in its canonical form.");

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
        {
            return false;
        }

        // The library itself refuses unused bits that are set; white space and padding went above.
        var decoded = new byte[Bcl.GetMaxDecodedLength(text.Length)];
        if (Bcl.DecodeFromChars(text, decoded, out _, out var written) != OperationStatus.Done)
        {
            return false;
        }

        bytes = written == decoded.Length ? decoded : decoded[..written];
        return true;
    }
}
