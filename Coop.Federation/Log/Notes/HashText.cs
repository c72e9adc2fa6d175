using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log.Notes;

/// <summary>A hash as the C2SP formats write it: standard base64 (RFC 4648, section 4), in its one spelling.</summary>
internal static class HashText
{
    public static byte[] Parse(string text) => ParseBytes(text) is { Length: TreeHash.SizeBytes } hash
        ? hash
        : throw new NoteException("A hash is 32 bytes in base64.");

    /// <summary>Decodes base64 that must re-encode to the same text.</summary>
    public static byte[] ParseBytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var size)
            && Convert.ToBase64String(bytes, 0, size) == text
            ? bytes[..size]
            : throw new NoteException("This is not base64.");
    }
}
