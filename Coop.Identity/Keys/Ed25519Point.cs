using Rfc8032 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Coop.Identity.Keys;

/// <summary>
/// What a public key of Ed25519 must be beyond 32 bytes (RFC 8032, section 5.1.3): the canonical encoding
/// of a point of the curve that is not of small order. With a key of small order everybody can make
/// signatures that verify.
/// </summary>
internal static class Ed25519Point
{
    /// <summary>
    /// The y coordinates of the eight points whose order divides 8, little-endian, without the sign of x:
    /// 1 (the identity), -1, 0, and the two of order 8.
    /// </summary>
    private static readonly byte[][] SmallOrderY =
    [
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F"),
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC037A"),
        Convert.FromHexString("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC05"),
    ];

    /// <exception cref="KeyFormatException">The key must not be used.</exception>
    public static void Check(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != Ed25519.PublicKeySizeBytes)
        {
            throw new KeyFormatException(KeyFormatCodes.Length, $"An Ed25519 key has {Ed25519.PublicKeySizeBytes} bytes.");
        }

        var y = publicKey.ToArray();
        y[^1] &= 0x7F;
        if (SmallOrderY.Any(s => s.AsSpan().SequenceEqual(y)))
        {
            throw new KeyFormatException(KeyFormatCodes.SmallOrder, "This Ed25519 key is of small order.");
        }

        if (!Rfc8032.ValidatePublicKeyPartial(publicKey.ToArray(), 0))
        {
            throw new KeyFormatException(KeyFormatCodes.NotOnCurve, "These bytes are no canonical point of Ed25519.");
        }
    }
}
