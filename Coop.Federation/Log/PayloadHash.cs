using System.Security.Cryptography;

namespace Coop.Federation.Log;

/// <summary>
/// The commitment of a log entry to its payload: SHA-256("coop/payload/v1" ‖ 0x00 ‖ salt ‖ payload).
/// Specified in specs/log.md.
/// </summary>
public static class PayloadHash
{
    public const int SaltSizeBytes = 32;

    private static ReadOnlySpan<byte> Domain => "coop/payload/v1\0"u8;

    /// <param name="salt">32 bytes.</param>
    /// <param name="canonicalPayload">The payload's RFC 8785 bytes.</param>
    public static byte[] Compute(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> canonicalPayload)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltSizeBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        hash.AppendData(salt);
        hash.AppendData(canonicalPayload);
        return hash.GetHashAndReset();
    }
}
