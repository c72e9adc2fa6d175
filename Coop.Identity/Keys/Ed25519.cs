using NSec.Cryptography;

namespace Coop.Identity.Keys;

/// <summary>Ed25519 (RFC 8032): 32-byte public keys, 64-byte signatures. Verification is strict about lengths.</summary>
public static class Ed25519
{
    public const int PublicKeySizeBytes = 32;
    public const int SignatureSizeBytes = 64;

    /// <summary>Whether the signature over the message is by that key; false for anything malformed.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySizeBytes
        && signature.Length == SignatureSizeBytes
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
}
