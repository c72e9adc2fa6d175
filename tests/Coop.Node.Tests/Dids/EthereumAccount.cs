using System.Security.Cryptography;
using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Coop.Node.Tests.Dids;

/// <summary>An account of an Ethereum wallet, which signs as <c>personal_sign</c> does.</summary>
internal sealed class EthereumAccount
{
    private static readonly ECDomainParameters Curve = new(SecNamedCurves.GetByName("secp256k1"));

    private readonly BigInteger _secret = new(1, RandomNumberGenerator.GetBytes(31));

    public string Address => DidPkh.AddressOf(VerificationKey.FromBytes(
        KeyType.Secp256k1, Curve.G.Multiply(_secret).Normalize().GetEncoded(compressed: true)));

    public string Did => $"did:pkh:eip155:1:{Address}";

    public string Sign(string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        var hash = Secp256k1.Keccak256([.. Encoding.UTF8.GetBytes($"\u0019Ethereum Signed Message:\n{bytes.Length}"), .. bytes]);
        var signer = new ECDsaSigner();
        signer.Init(true, new ECPrivateKeyParameters(_secret, Curve));
        var scalars = signer.GenerateSignature(hash);
        var s = scalars[1].CompareTo(Curve.N.ShiftRight(1)) > 0 ? Curve.N.Subtract(scalars[1]) : scalars[1];
        byte[] rs = [.. Padded(scalars[0]), .. Padded(s)];

        // Of the two recovery bytes one gives this account.
        return new byte[] { 27, 28 }
            .Select(v => (byte[])[.. rs, v])
            .Where(signature => DidPkh.VerifyPersonalMessage(Did, bytes, signature))
            .Select(signature => "0x" + Convert.ToHexStringLower(signature))
            .Single();
    }

    private static byte[] Padded(BigInteger value)
    {
        var bytes = value.ToByteArrayUnsigned();
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
