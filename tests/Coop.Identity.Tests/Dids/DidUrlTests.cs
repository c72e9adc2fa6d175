using Coop.Identity.Dids;

namespace Coop.Identity.Tests.Dids;

public class DidUrlTests
{
    [Fact]
    public void Splits_AllParts()
    {
        var url = DidUrl.Parse("did:web:coop.example%3A8443:a/b/c?versionId=1-Q%2Dx&t=2#key-1");
        Assert.Equal("did:web:coop.example%3A8443:a", url.Did);
        Assert.Equal("web", url.Method);
        Assert.Equal("coop.example%3A8443:a", url.Identifier);
        Assert.Equal("/b/c", url.Path);
        Assert.Equal("versionId=1-Q%2Dx&t=2", url.Query);
        Assert.Equal("1-Q-x", url.Parameter("versionId"));
        Assert.Null(url.Parameter("versionTime"));
        Assert.Equal("key-1", url.Fragment);
        Assert.Equal("did:web:coop.example%3A8443:a/b/c?versionId=1-Q%2Dx&t=2#key-1", url.ToString());
    }

    [Theory]
    [InlineData("did:key:z6Mk")]
    [InlineData("did:example:a:b::c")]
    [InlineData("did:example::a")]
    [InlineData("did:example:a?")]
    [InlineData("did:example:a#")]
    [InlineData("did:example:a%20b")]
    public void Accepts(string text) => Assert.Equal(text, DidUrl.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("did")]
    [InlineData("did:")]
    [InlineData("did:a")]
    [InlineData("did:a:")]
    [InlineData("did:a:b:")]
    [InlineData("DID:a:b")]
    [InlineData("did:A:b")]
    [InlineData("did:a:b c")]
    [InlineData("did:a:b\n")]
    [InlineData("did:a:%2")]
    [InlineData("did:a:ä")]
    [InlineData("did:a:b#c#d")]
    [InlineData(" did:a:b")]
    [InlineData("https://coop.example")]
    public void Refuses(string text)
    {
        Assert.False(DidUrl.TryParse(text, out _));
        Assert.Equal(DidCodes.InvalidUrl, Assert.Throws<DidException>(() => DidUrl.Parse(text)).Code);
    }

    [Fact]
    public void Refuses_OverlongText_AndAParameterSaidTwice()
    {
        Assert.False(DidUrl.TryParse("did:a:" + new string('b', DidUrl.MaxLength), out _));
        Assert.Throws<DidException>(() => DidUrl.Parse("did:a:b?versionId=1&versionId=2").Parameter("versionId"));
    }
}
