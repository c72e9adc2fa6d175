using System.Globalization;
using System.Security.Cryptography;
using Coop.Identity.Keys;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Coop.Identity.Tests.Keys;

public class Secp256k1Tests
{
    private static readonly ECDomainParameters Domain = new(CustomNamedCurves.GetByName("secp256k1"));

    // Keccak team's KAT, and Ethereum's empty hash.
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("cc", "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a")]
    public void Computes_TheOriginalKeccak(string message, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Secp256k1.Keccak256(Convert.FromHexString(message))));

    [Fact]
    public void Verifies_LowS_AndRefusesTheSameSignatureWithHighS()
    {
        var d = new BigInteger("9085d2bef69286a6cbb51623c8fa258629945cd55ca705cc4e66700396894e0c", 16);
        var key = VerificationKey.FromBytes(KeyType.Secp256k1, Domain.G.Multiply(d).Normalize().GetEncoded(true));
        Assert.Equal("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", key.ToMultikey());

        var signer = new ECDsaSigner();
        signer.Init(true, new ECPrivateKeyParameters(d, Domain));
        for (var i = 0; i < 16; i++)
        {
            var message = System.Text.Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture));
            var parts = signer.GenerateSignature(SHA256.HashData(message));
            var other = Domain.N.Subtract(parts[1]);
            var (low, high) = parts[1].CompareTo(other) < 0 ? (parts[1], other) : (other, parts[1]);
            Assert.True(key.Verify(message, [.. Fixed(parts[0]), .. Fixed(low)]));
            Assert.False(key.Verify(message, [.. Fixed(parts[0]), .. Fixed(high)]));
            Assert.False(key.Verify("other"u8, [.. Fixed(parts[0]), .. Fixed(low)]));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Refuses_ScalarsOutOfRange(int r, int s)
    {
        var key = VerificationKey.ParseMultikey("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme");
        byte[] signature = [.. Fixed(BigInteger.ValueOf(r)), .. Fixed(BigInteger.ValueOf(s))];
        Assert.False(key.Verify("text"u8, signature));
        Assert.False(key.Verify("text"u8, [.. Fixed(Domain.N), .. Fixed(BigInteger.One)]));
        Assert.False(Secp256k1.TryRecover(new byte[32], [.. signature, 27], out _));
    }

    internal static byte[] Fixed(BigInteger value)
    {
        var bytes = value.ToByteArrayUnsigned();
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
