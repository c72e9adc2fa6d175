using Coop.Identity.Dids;

namespace Coop.Identity.Tests.Dids;

public class DidWebTests
{
    // The examples of the method's specification.
    [Theory]
    [InlineData("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json")]
    [InlineData("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json")]
    [InlineData("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json")]
    [InlineData("did:web:example.com%3a3000", "https://example.com:3000/.well-known/did.json")]
    [InlineData("did:web:xn--jp-cd2fp15c.xn--fsq.jp:%E7%94%A8", "https://xn--jp-cd2fp15c.xn--fsq.jp/%E7%94%A8/did.json")]
    public void Transforms_ToItsAddress(string did, string address) =>
        Assert.Equal(address, DidWeb.Address(did).AbsoluteUri);

    [Theory]
    [InlineData("did:key:z6Mk")]
    [InlineData("did:web:")]
    [InlineData("did:web:example")]
    [InlineData("did:web:127.0.0.1")]
    [InlineData("did:web:127.1")]
    [InlineData("did:web:0x7f.0x1")]
    [InlineData("did:web:127.0.0.1%3a8080")]
    [InlineData("did:web:127%2E0%2E0%2E1")]
    [InlineData("did:web:example.com%3A0")]
    [InlineData("did:web:example.com%3A65536")]
    [InlineData("did:web:example.com%3A")]
    [InlineData("did:web:example.com%2Fpath")]
    [InlineData("did:web:example.com:..")]
    [InlineData("did:web:example.com:%2e%2e:a")]
    [InlineData("did:web:example.com::a")]
    [InlineData("did:web:example.com:a%2Fb")]
    [InlineData("did:web:example.com:a%00b")]
    [InlineData("did:web:user%40example.com")]
    [InlineData("did:web:-a.example")]
    public void Refuses(string did) =>
        Assert.Equal(DidError.InvalidDid, Assert.Throws<DidException>(() => DidWeb.Address(did)).Error);

    [Theory]
    [InlineData("https://coop.example", "did:web:coop.example")]
    [InlineData("https://coop.example:8443/node/", "did:web:coop.example%3A8443:node")]
    [InlineData("http://localhost:5000", "did:web:localhost%3A5000")]
    public void Names_AWebAddress(string node, string did) => Assert.Equal(did, DidWeb.Create(new Uri(node)));

    [Fact]
    public void Refuses_OtherDocuments()
    {
        Assert.Equal(DidCodes.Document, Code("not json"));
        Assert.Equal(DidCodes.Document, Code("[]"));
        Assert.Equal(DidCodes.DocumentId, Code("""{"id":"did:web:other.example"}"""));
        Assert.Equal(DidCodes.Document, Code("""{"id":"did:web:coop.example","id":"did:web:coop.example"}"""));
        Assert.Equal(DidCodes.Document, Code("""{"id":"did:web:coop.example","a":""" + new string('[', 100) + new string(']', 100) + "}"));
        Assert.Equal(DidCodes.TooLarge, Code(new string(' ', DidWeb.MaxSizeBytes + 1)));

        static string Code(string json) => Assert.Throws<DidException>(
            () => DidWeb.Parse(System.Text.Encoding.UTF8.GetBytes(json), "did:web:coop.example")).Code;
    }
}
