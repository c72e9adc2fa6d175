using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Keys;

public class Base58BtcTests
{
    // The examples of draft-msporny-base58.
    [Theory]
    [InlineData("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U")]
    [InlineData("54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("0000287fb4cd", "11233QC4")]
    public void Knows_TheExamples(string hex, string text)
    {
        Assert.Equal(text, Base58Btc.Encode(Convert.FromHexString(hex)));
        Assert.Equal(hex, Convert.ToHexStringLower(Base58Btc.Decode(text)));
    }

    [Fact]
    public void RoundTrips_EveryLength()
    {
        var random = new Random(1);
        for (var length = 1; length <= 128; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes.AsSpan(length / 4));
            Assert.Equal(bytes, Base58Btc.Decode(Base58Btc.Encode(bytes)));
        }
    }

    [Fact]
    public void Refuses_EveryCharacterOfAnotherAlphabet()
    {
        const string alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Assert.Equal(alphabet.Contains((char)c), Base58Btc.TryDecode("2N" + (char)c + "p", out _));
        }
    }

    [Fact]
    public void Bounds_TheLength()
    {
        Assert.True(Base58Btc.TryDecode(new string('z', Base58Btc.MaxLength), out _));
        Assert.False(Base58Btc.TryDecode(new string('z', Base58Btc.MaxLength + 1), out _));
        Assert.False(Base58Btc.TryDecode("", out _));
    }
}
