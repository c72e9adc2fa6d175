using System.Text;
using Coop.Identity.Credentials;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Presentations;
using Coop.Identity.Tests.Credentials;
using Coop.Identity.Tests.Keys;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BigInteger = Org.BouncyCastle.Math.BigInteger;

namespace Coop.Identity.Tests.Presentations;

/// <summary>An Ethereum-style wallet proves its account over the one text that this asks for.</summary>
public sealed class AccountProofTests
{
    private const string Audience = "https://coop.example";
    private const string Nonce = "n-0S6_WzA2Mj";

    private static readonly ECDomainParameters Domain = new(CustomNamedCurves.GetByName("secp256k1"));
    private static readonly BigInteger Secret = new("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318", 16);
    private static readonly string Did = "did:pkh:eip155:1:" + DidPkh.AddressOf(
        VerificationKey.FromBytes(KeyType.Secp256k1, Domain.G.Multiply(Secret).Normalize().GetEncoded(true)));

    [Fact]
    public void Verifies_AndNothingElse()
    {
        Assert.Equal("did:pkh:eip155:1:0x2c7536E3605D9C16a7a3D7b1898e529396a65c23", Did);
        var signature = Sign(AccountProof.Message(Audience, Did, Nonce, Issued.Now));
        AccountProof.Verify(Did, Audience, Nonce, Issued.Now, signature, Issued.Now.AddMinutes(9));

        Assert.Equal(CredentialCodes.Signature, CodeOf(Did, Audience, "other", signature));
        Assert.Equal(CredentialCodes.Signature, CodeOf(Did, "https://else.example", Nonce, signature));
        Assert.Equal(CredentialCodes.Signature, CodeOf("did:pkh:eip155:1:0x" + new string('0', 40), Audience, Nonce, signature));
        Assert.Equal(CredentialCodes.Signature, CodeOf("did:pkh:eip155:137:" + Did[^42..], Audience, Nonce, signature));
        Assert.Equal(CredentialCodes.HolderTime, CodeOf(Did, Audience, Nonce, signature, minutesLater: 11));
        Assert.Equal(CredentialCodes.HolderTime, CodeOf(Did, Audience, Nonce, signature, minutesLater: -2));
        Assert.Equal(CredentialCodes.ProofMalformed, CodeOf(Did, Audience, Nonce, signature[2..]));
        Assert.Equal(CredentialCodes.ProofMalformed, CodeOf(Did, Audience, Nonce, signature[..^1] + "g"));
        Assert.Equal(DidCodes.InvalidIdentifier, CodeOf("did:key:z6Mk", Audience, Nonce, signature));
    }

    private static string CodeOf(string did, string audience, string nonce, string signature, int minutesLater = 0) =>
        Assert.Throws<CredentialException>(() => AccountProof.Verify(
            did, audience, nonce, Issued.Now, signature, Issued.Now.AddMinutes(minutesLater))).Code;

    private static string Sign(string message)
    {
        var signer = new ECDsaSigner();
        signer.Init(true, new ECPrivateKeyParameters(Secret, Domain));
        var parts = signer.GenerateSignature(DidPkh.HashPersonalMessage(Encoding.UTF8.GetBytes(message)));
        var s = parts[1].CompareTo(Domain.N.ShiftRight(1)) <= 0 ? parts[1] : Domain.N.Subtract(parts[1]);
        byte[] scalars = [.. Secp256k1Tests.Fixed(parts[0]), .. Secp256k1Tests.Fixed(s)];
        return new byte[] { 27, 28 }
            .Select(v => "0x" + Convert.ToHexStringLower([.. scalars, v]))
            .First(text => DidPkh.VerifyPersonalMessage(Did, Encoding.UTF8.GetBytes(message), Convert.FromHexString(text[2..])));
    }
}
