using System.Net;
using System.Net.Http.Headers;
using Coop.Node.Federation;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation;

public sealed class MetricsTests
{
    private const string Token = "a-token-for-the-scraper";
    private const string Peer = "did:webvh:Qm:acorn.example";

    [Fact]
    public async Task CountsByPeerAndReason()
    {
        await using var node = await StartAsync();
        var metrics = node.Services.GetRequiredService<FederationMetrics>();

        metrics.Refused(Peer, "signature-stale");
        metrics.Refused(Peer, "signature-stale");
        metrics.Refused(FederationMetrics.Stranger, "signature-missing");
        metrics.Received(Peer);
        metrics.Sent(Peer, SentOutcome.Unreachable);
        metrics.Rejected(Peer, "tile-hash");
        var text = await ScrapeAsync(node);

        Assert.Equal(2, Value(text, "coop_federation_requests_refused_total", Peer, "reason=\"signature-stale\""));
        Assert.Equal(
            1, Value(text, "coop_federation_requests_refused_total", FederationMetrics.Stranger, "reason=\"signature-missing\""));
        Assert.Equal(1, Value(text, "coop_federation_requests_received_total", Peer));
        Assert.Equal(1, Value(text, "coop_federation_requests_sent_total", Peer, "outcome=\"unreachable\""));
        Assert.Equal(1, Value(text, "coop_federation_answers_rejected_total", Peer, "reason=\"tile-hash\""));
    }

    [Fact]
    public async Task TwoNodesInOneProcess_CountApart()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        one.Services.GetRequiredService<FederationMetrics>().Received(Peer);
        other.Services.GetRequiredService<FederationMetrics>().Refused(Peer, "signature-wrong");

        Assert.DoesNotContain("requests_refused_total", await ScrapeAsync(one), StringComparison.Ordinal);
        Assert.DoesNotContain("requests_received_total", await ScrapeAsync(other), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer a-token-for-the-scrape")]
    [InlineData("Bearer ")]
    [InlineData("Basic a-token-for-the-scraper")]
    public async Task Refuses_WhoeverHasNotTheToken(string? authorization)
    {
        await using var node = await StartAsync();

        using var response = await SendAsync(node, authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Contains(
            "urn:coop:problem:invalid-token", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_Everybody_WhereNoTokenIsSet()
    {
        await using var node = await TestNode.StartAsync();

        using var response = await SendAsync(node, "Bearer ");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static Task<TestNode> StartAsync() => TestNode.StartAsync(arguments: [$"--COOP_METRICS_TOKEN={Token}"]);

    private static async Task<string> ScrapeAsync(TestNode node)
    {
        using var response = await SendAsync(node, $"Bearer {Token}");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestNode node, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static double Value(string text, string name, string peer, string label = "")
    {
        var line = text.Split('\n').Single(l => l.StartsWith(name + "{", StringComparison.Ordinal)
            && l.Contains($"peer=\"{peer}\"", StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
            System.Globalization.CultureInfo.InvariantCulture);
    }
}
