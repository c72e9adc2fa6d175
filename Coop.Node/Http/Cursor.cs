using System.Buffers.Text;
using System.Text;

namespace Coop.Node.Http;

/// <summary>
/// The place where a page of a list ended: opaque to callers, base64url of the last item's sort key. A
/// caller may forge one and learns nothing by it, since it only says where to go on.
/// </summary>
public static class Cursor
{
    private const int MaxLength = 400;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <exception cref="RefusalException">It is not one of ours.</exception>
    public static string Decode(string cursor)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        if (cursor.Length > MaxLength || !Base64Url.IsValid(cursor))
        {
            throw Refusal();
        }

        try
        {
            var key = StrictUtf8.GetString(Base64Url.DecodeFromChars(cursor));
            return key.Any(char.IsControl) ? throw Refusal() : key;
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw Refusal();
        }
    }

    internal static RefusalException Refusal() =>
        Fields.Invalid("cursor", "is not one that this list gave out.");
}
