using System.Text;
using Coop.Identity.Dids;
using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Dids;

public class DidPkhTests
{
    // The example of web3.js, eth.accounts.sign: a key, a text and the signature over it.
    private const string Did = "did:pkh:eip155:1:0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
    private const string Signature =
        "b91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c";

    [Fact]
    public void Verifies_AnEip191Signature_AndRefusesEveryChange()
    {
        var signature = Convert.FromHexString(Signature);
        var message = Encoding.UTF8.GetBytes("Some data");
        Assert.True(DidPkh.VerifyPersonalMessage(Did, message, signature));
        Assert.True(DidPkh.VerifyPersonalMessage(Did.ToLowerInvariant(), message, signature));
        Assert.False(DidPkh.VerifyPersonalMessage(Did, "Some datb"u8, signature));
        Assert.False(DidPkh.VerifyPersonalMessage("did:pkh:eip155:1:0x" + new string('0', 40), message, signature));
        for (var i = 0; i < signature.Length; i++)
        {
            var changed = signature.ToArray();
            changed[i] ^= 1;
            Assert.False(DidPkh.VerifyPersonalMessage(Did, message, changed));
        }

        Assert.False(DidPkh.VerifyPersonalMessage(Did, message, signature.AsSpan(1)));
        Assert.False(DidPkh.VerifyPersonalMessage(Did, message, [.. signature[..64], 1, 0]));
        Assert.True(DidPkh.VerifyPersonalMessage(Did, message, [.. signature[..64], 1]));
        Assert.False(DidPkh.VerifyPersonalMessage(Did, new byte[DidPkh.MaxMessageSizeBytes + 1], signature));
    }

    [Fact]
    public void Hashes_AsWeb3Does() => Assert.Equal(
        "1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655",
        Convert.ToHexStringLower(DidPkh.HashPersonalMessage("Some data"u8)));

    // EIP-55, test cases.
    [Theory]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("de709f2102306220921060314715629080e2fb77")]
    public void Accepts_ChecksummedAddresses(string address)
    {
        var document = DidPkh.Resolve("did:pkh:eip155:1:0x" + address);
        Assert.Empty(document.VerificationMethods);
        Assert.Equal($"eip155:1:0x{address}", document.Json["verificationMethod"]![0]!["blockchainAccountId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("did:pkh:eip155:1:0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("did:pkh:eip155:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("did:pkh:eip155:1:5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("did:pkh:eip155:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("did:pkh:eip155:01:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("did:pkh:bip122:1:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    public void Refuses(string did) =>
        Assert.Equal(DidCodes.InvalidIdentifier, Assert.Throws<DidException>(() => DidPkh.Resolve(did)).Code);

    [Fact]
    public void Derives_TheAddressOfAKey()
    {
        Assert.True(Secp256k1.TryRecover(
            DidPkh.HashPersonalMessage("Some data"u8), Convert.FromHexString(Signature), out var key));
        Assert.Equal(Did[^42..], DidPkh.AddressOf(key));
    }
}
