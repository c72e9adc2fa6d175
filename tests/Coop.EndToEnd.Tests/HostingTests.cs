using System.Net;
using Coop.EndToEnd.Tests.Browser;

namespace Coop.EndToEnd.Tests;

/// <summary>How the node serves the client's files.</summary>
public sealed class HostingTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private LocalNode? _node;

    public async ValueTask InitializeAsync()
    {
        _node = await LocalNode.StartAsync();
        _client.BaseAddress = _node.Url;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _node!.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/some/page")]
    public async Task PageRequests_GetTheClient_WithItsPolicy(string path)
    {
        using var response = await GetAsync(path, "text/html");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoCache);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/nothing", "text/html")]
    [InlineData("/log/nothing", "text/html")]
    [InlineData("/.well-known/nothing", "text/html")]
    [InlineData("/health/nothing", "text/html")]
    [InlineData("/openapi/nothing", "text/html")]
    [InlineData("/federation/nothing", "text/html")]
    [InlineData("/witness/nothing", "text/html")]
    [InlineData("/status/nothing", "text/html")]
    [InlineData("/openid4vp/nothing", "text/html")]
    [InlineData("/metrics/nothing", "text/html")]
    [InlineData("/missing.js", "text/html")]
    [InlineData("/some/page", "application/json")]
    public async Task EverythingElse_IsNotFound(string path, string accept)
    {
        using var response = await GetAsync(path, accept);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEqual("text/html", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task HashedAssets_AreKeptForGood()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot", "assets");
        foreach (var file in Directory.EnumerateFiles(folder).Select(Path.GetFileName))
        {
            using var response = await GetAsync($"/assets/{file}", "*/*");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), response.Headers.CacheControl?.MaxAge);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
