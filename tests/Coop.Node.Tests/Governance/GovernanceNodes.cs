using Coop.Node.Governance;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Governance;

/// <summary>Nodes that tests of the count start.</summary>
internal static class GovernanceNodes
{
    /// <summary>Begins now, since the test's own cookies live by the system's clock.</summary>
    public static FakeTimeProvider Clock() => new(Moment.Of(TimeProvider.System.GetUtcNow()));

    /// <summary>Lets nothing close but what the test closes.</summary>
    public static void WithoutClosing(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
            && s.ImplementationType == typeof(ProposalClosing)));
    }

    /// <summary>Another replica of a node: the same database, keys and clock.</summary>
    public static Task<TestNode> StartReplicaAsync(TestNode node) => TestNode.StartAsync(
        WithoutClosing, node.Time, node.Database, keysFrom: node.DataFolder);

    public static Voting Voting(this TestNode node) => node.Services.GetRequiredService<Voting>();

    public static Task CloseDueAsync(this TestNode node) => node.Services
        .GetRequiredService<ProposalCloser>()
        .CloseDueAsync(TestContext.Current.CancellationToken);
}
