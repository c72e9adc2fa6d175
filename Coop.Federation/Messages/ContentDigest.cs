using System.Security.Cryptography;

namespace Coop.Federation.Messages;

/// <summary>The field <c>content-digest</c> with SHA-256 alone (RFC 9530, section 2): <c>sha-256=:base64:</c>.</summary>
internal static class ContentDigest
{
    private const string Prefix = "sha-256=:";

    public static string Of(ReadOnlySpan<byte> body) => $"{Prefix}{Convert.ToBase64String(SHA256.HashData(body))}:";

    /// <summary>The hash in a field; null when it has another form.</summary>
    public static byte[]? Parse(string field) =>
        field.StartsWith(Prefix, StringComparison.Ordinal) && field.EndsWith(':')
        && FieldBytes.TryDecode(field.AsSpan(Prefix.Length, Math.Max(0, field.Length - Prefix.Length - 1)), SHA256.HashSizeInBytes) is { } hash
            ? hash
            : null;
}
