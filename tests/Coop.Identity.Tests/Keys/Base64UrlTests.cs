using Coop.Identity.Keys;

namespace Coop.Identity.Tests.Keys;

public class Base64UrlTests
{
    [Fact]
    public void RoundTrips_EveryLength()
    {
        for (var length = 0; length < 40; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 37 % 256)).ToArray();
            Assert.Equal(bytes, Base64Url.Decode(Base64Url.Encode(bytes)));
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AA==")]
    [InlineData("AA=")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("A A")]
    [InlineData("AAA\n")]
    [InlineData("AA+A")]
    [InlineData("AA/A")]
    [InlineData("AAé")]
    public void Refuses_OtherForms(string text)
    {
        Assert.False(Base64Url.TryDecode(text, out _));
        Assert.Equal(KeyFormatCodes.Base64Url, Assert.Throws<KeyFormatException>(() => Base64Url.Decode(text)).Code);
    }
}
