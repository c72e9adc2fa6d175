using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using ECPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Coop.Identity.Keys;

/// <summary>
/// secp256k1 (SEC 2) and Ethereum's Keccak-256: the verification of ES256K (RFC 8812, low S only) and the
/// recovery of the key behind an EIP-191 signature. Everything that the node knows of this curve is here,
/// so that another library can take its place.
/// </summary>
public static class Secp256k1
{
    public const int SignatureSizeBytes = 64;

    /// <summary>r‖s and one byte of recovery, 27 or 28 (or 0 or 1).</summary>
    public const int RecoverableSizeBytes = 65;

    private static readonly ECDomainParameters Domain = new(CustomNamedCurves.GetByName("secp256k1"));
    private static readonly BigInteger HalfOrder = Domain.N.ShiftRight(1);

    /// <summary>Whether r‖s over SHA-256 of the message is by the key; false for a high S.</summary>
    /// <param name="compressedKey">33 bytes that have been checked.</param>
    /// <param name="message">What was signed, not yet hashed.</param>
    /// <param name="signature">64 bytes.</param>
    public static bool Verify(ReadOnlySpan<byte> compressedKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSizeBytes || !TryScalars(signature, out var r, out var s))
        {
            return false;
        }

        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(Domain.Curve.DecodePoint(compressedKey.ToArray()), Domain));
        return signer.VerifySignature(SHA256.HashData(message), r, s);
    }

    /// <summary>The original Keccak-256, which is not SHA3-256: 32 bytes.</summary>
    public static byte[] Keccak256(ReadOnlySpan<byte> message)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(message);
        var hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }

    /// <summary>The key that made a recoverable signature over a hash (SEC 1, section 4.1.6).</summary>
    /// <param name="hash">32 bytes.</param>
    /// <param name="signature">65 bytes.</param>
    /// <param name="key">The key: that the signature verifies with it says nothing yet; compare it.</param>
    public static bool TryRecover(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        if (hash.Length != 32 || signature.Length != RecoverableSizeBytes
            || !TryScalars(signature[..SignatureSizeBytes], out var r, out var s)
            || signature[^1] is not (0 or 1 or 27 or 28))
        {
            return false;
        }

        return TryPoint(r, isOdd: (signature[^1] & 1) == (signature[^1] < 2 ? 1 : 0), out var point)
            && TryKey(Recover(hash, point, r, s), out key);
    }

    private static ECPoint Recover(ReadOnlySpan<byte> hash, ECPoint point, BigInteger r, BigInteger s)
    {
        // Q = r⁻¹(sR − eG)
        var inverse = r.ModInverse(Domain.N);
        var e = new BigInteger(1, hash.ToArray());
        return ECAlgorithms.SumOfTwoMultiplies(
            Domain.G, e.Negate().Multiply(inverse).Mod(Domain.N), point, s.Multiply(inverse).Mod(Domain.N)).Normalize();
    }

    private static bool TryPoint(BigInteger x, bool isOdd, [NotNullWhen(true)] out ECPoint? point)
    {
        try
        {
            byte[] encoded = [(byte)(isOdd ? 3 : 2), .. x.ToByteArrayUnsigned().AsSpan().PadLeft(32)];
            point = Domain.Curve.DecodePoint(encoded);
            return true;
        }
        catch (ArgumentException)
        {
            point = null;
            return false;
        }
    }

    private static bool TryKey(ECPoint point, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = point.IsInfinity ? null : VerificationKey.FromBytes(KeyType.Secp256k1, point.GetEncoded(compressed: true));
        return key is not null;
    }

    // Of (r, s) and (r, n − s), which both verify, only the one with the low s is taken.
    private static bool TryScalars(ReadOnlySpan<byte> signature, out BigInteger r, out BigInteger s)
    {
        r = new BigInteger(1, signature[..32].ToArray());
        s = new BigInteger(1, signature[32..].ToArray());
        return r.SignValue > 0 && r.CompareTo(Domain.N) < 0 && s.SignValue > 0 && s.CompareTo(HalfOrder) <= 0;
    }

    private static byte[] PadLeft(this Span<byte> bytes, int sizeBytes)
    {
        var padded = new byte[sizeBytes];
        bytes.CopyTo(padded.AsSpan(sizeBytes - bytes.Length));
        return padded;
    }
}
