using System.Net;
using Coop.Node.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Http;

/// <summary>Rates are counted for who asks: what a trusted proxy says, and nobody else.</summary>
public sealed class TrustedProxiesTests
{
    // The next one is given out after a minute, which no test takes.
    private const int Limit = 1;

    [Fact]
    public async Task BehindATrustedProxy_EachClientHasARateOfItsOwn()
    {
        await using var node = await StartAsync($"--{TrustedProxies.Key}=127.0.0.0/8");

        Assert.True(await IsLimitedAsync(node, "203.0.113.7"));
        Assert.False(await AskAsync(node, "203.0.113.8"));
        // What the client wrote into the header itself stands before what the proxy adds.
        Assert.True(await AskAsync(node, "198.51.100.1, 203.0.113.7"));
    }

    [Fact]
    public async Task WithoutATrustedProxy_NobodyChoosesTheirAddress()
    {
        await using var node = await StartAsync();

        Assert.True(await IsLimitedAsync(node, "203.0.113.7"));
        Assert.True(await AskAsync(node, "203.0.113.8"));
    }

    [Fact]
    public async Task ANodeDoesNotStart_WithAProxyThatIsNoAddress() =>
        await Assert.ThrowsAsync<FormatException>(() => StartAsync($"--{TrustedProxies.Key}=proxy.example"));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::1", "20010db800010002")]
    [InlineData("2001:db8:1:3::1", "20010db800010003")]
    public void AnIPv6Network_IsOneClient(string address, string client) =>
        Assert.Equal(client, TrustedProxies.NameOf(IPAddress.Parse(address)));

    private static Task<TestNode> StartAsync(params string[] arguments) =>
        TestNode.StartAsync(arguments: [$"--COOP_CEREMONIES_PER_MINUTE={Limit}", .. arguments]);

    /// <summary>Asks until there is nothing left for the client; some come back while it asks.</summary>
    private static async Task<bool> IsLimitedAsync(TestNode node, string client)
    {
        var limited = false;
        for (var i = 0; i < 100 && !limited; i++)
        {
            limited = await AskAsync(node, client);
        }

        return limited;
    }

    /// <summary>Whether the node refuses, because it was asked too often.</summary>
    private static async Task<bool> AskAsync(TestNode node, string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/passkeys/assertion/options");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("Origin", "http://localhost:5080");
        request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var response = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.TooManyRequests;
    }
}
