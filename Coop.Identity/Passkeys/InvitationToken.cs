using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Coop.Identity.Passkeys;

/// <summary>
/// The secret in an invitation's link: 32 random bytes as 43 characters of base64url. Whoever knows it
/// may join; a node keeps its SHA-256 alone.
/// </summary>
public sealed class InvitationToken
{
    public const int SizeBytes = 32;
    public const int Length = 43;

    private InvitationToken(string text) => Text = text;

    /// <summary>As it stands in the link.</summary>
    public string Text { get; }

    public static InvitationToken New() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SizeBytes)));

    /// <summary>Reads what stands in a link; nothing but the exact spelling of 32 bytes passes.</summary>
    public static bool TryParse(string? text, out InvitationToken token)
    {
        token = new InvitationToken(text ?? "");
        Span<byte> bytes = stackalloc byte[SizeBytes];
        return text is { Length: Length }
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && written == SizeBytes
            && Base64Url.EncodeToString(bytes) == text;
    }

    /// <summary>SHA-256 of the text, 32 bytes.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));
}
