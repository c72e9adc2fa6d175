namespace Coop.Federation.Messages;

/// <summary>Bytes in a field (RFC 9651, section 3.3.5), in the one spelling that base64 has for them.</summary>
internal static class FieldBytes
{
    /// <summary>The bytes; null when they are not this many, or spelled otherwise.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<char> base64, int sizeBytes)
    {
        var bytes = new byte[sizeBytes];
        return Convert.TryFromBase64Chars(base64, bytes, out var written) && written == sizeBytes
            && base64.SequenceEqual(Convert.ToBase64String(bytes))
                ? bytes
                : null;
    }
}
