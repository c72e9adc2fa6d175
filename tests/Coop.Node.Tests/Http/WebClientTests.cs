using Coop.Node.Hosting;
using Coop.Testing;

namespace Coop.Node.Tests.Http;

/// <summary>Which addresses are the node's own, and which lead to the members' client.</summary>
public sealed class WebClientTests
{
    [Fact]
    public async Task EveryEndpoint_StandsUnderAPathOfTheNode_AndEveryPathHasEndpoints()
    {
        await using var node = await TestNode.StartAsync();

        var prefixes = Endpoints.Of(node).Select(e => FirstSegment(Endpoints.PatternOf(e.Endpoint))).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(WebClient.NodePaths.Order(StringComparer.Ordinal), prefixes);
    }

    private static string FirstSegment(string pattern) => "/" + pattern.Split('/')[1];
}
