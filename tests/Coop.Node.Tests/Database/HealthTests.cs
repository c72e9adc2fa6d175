using System.Net;
using System.Text.Json.Nodes;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Coop.Node.Tests.Database;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsLiveAndReady_WhenAllIsWell()
    {
        await using var node = await TestNode.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "healthy"), await AskAsync(node, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, "healthy"), await AskAsync(node, "/health/ready"));
    }

    [Fact]
    public async Task IsLiveButNotReady_WhenTheDatabaseIsGone()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var proxy = FaultProxy.Start(database.ConnectionString);
        await using var node = await TestNode.StartAsync(
            database: database, arguments: [$"--COOP_DATABASE={proxy.ConnectionString}"]);
        proxy.Decide(_ => Fault.LostBefore);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(node, "/health/live")).Code);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), await AskAsync(node, "/health/ready"));

        proxy.Decide(_ => Fault.None);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(node, "/health/ready")).Code);
    }

    [Fact]
    public async Task IsNotReady_WhenAPartReportsAFault()
    {
        await using var node = await TestNode.StartAsync(builder => builder.Services
            .AddHealthChecks().AddCheck("part", () => HealthCheckResult.Unhealthy("it broke")));
        using var response = await node.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("it broke", (string?)answer["checks"]!["part"]!["detail"]);
        Assert.Equal("healthy", (string?)answer["checks"]!["database"]!["status"]);
    }

    private static async Task<(HttpStatusCode Code, string? Status)> AskAsync(TestNode node, string path)
    {
        using var response = await node.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        return (response.StatusCode, (string?)answer["status"]);
    }
}
