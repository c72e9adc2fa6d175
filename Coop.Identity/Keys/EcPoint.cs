using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math.EC;

namespace Coop.Identity.Keys;

/// <summary>
/// Points of P-256 and secp256k1 in SEC 1's compressed form (section 2.3.3): 33 bytes, a sign byte and the
/// x coordinate.
/// </summary>
internal static class EcPoint
{
    public const int CompressedSizeBytes = 33;
    public const int CoordinateSizeBytes = 32;

    private static readonly ECCurve P256 = CustomNamedCurves.GetByName("secp256r1").Curve;
    private static readonly ECCurve Secp256k1 = CustomNamedCurves.GetByName("secp256k1").Curve;

    /// <summary>Both coordinates of a compressed point.</summary>
    /// <exception cref="KeyFormatException">The bytes are no point of the curve.</exception>
    public static (byte[] X, byte[] Y) Decompress(KeyType type, ReadOnlySpan<byte> compressed)
    {
        if (compressed.Length != CompressedSizeBytes)
        {
            throw new KeyFormatException(KeyFormatCodes.Length, $"A compressed point has {CompressedSizeBytes} bytes.");
        }

        var point = Decode(type, compressed.ToArray());
        return (point.AffineXCoord.GetEncoded(), point.AffineYCoord.GetEncoded());
    }

    /// <summary>The compressed form of a point given by both coordinates.</summary>
    /// <exception cref="KeyFormatException">The coordinates are not 32 bytes, or no point of the curve.</exception>
    public static byte[] Compress(KeyType type, ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != CoordinateSizeBytes || y.Length != CoordinateSizeBytes)
        {
            throw new KeyFormatException(KeyFormatCodes.Length, $"A coordinate has {CoordinateSizeBytes} bytes.");
        }

        return Decode(type, [4, .. x, .. y]).GetEncoded(compressed: true);
    }

    /// <summary>The compressed form of a point that is known to be on its curve.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => [(byte)(2 + (y[^1] & 1)), .. x];

    private static ECPoint Decode(KeyType type, byte[] encoded)
    {
        try
        {
            // SEC 1 also allows 06 and 07 (hybrid) and 00 (infinity); lengths above exclude them.
            return (type == KeyType.P256 ? P256 : Secp256k1).DecodePoint(encoded);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or ArithmeticException)
        {
            throw new KeyFormatException(KeyFormatCodes.NotOnCurve, "These bytes are no point of the curve.", e);
        }
    }
}
