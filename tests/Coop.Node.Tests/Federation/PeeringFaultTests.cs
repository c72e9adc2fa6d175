using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Federation.PeeringLook;

namespace Coop.Node.Tests.Federation;

/// <summary>What goes wrong between two peers that mean well: lost answers, and a database that fails at commits.</summary>
public sealed class PeeringFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryOtherAnswerIsLost_AndTheyBecomePeersAllTheSame()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, b => b.Services.AddSingleton<IStartupFilter>(new LostAnswers()));

        Assert.Equal((await PeeringOf(nodes[0], nodes[1])).Terms.Hash, (await PeeringOf(nodes[1], nodes[0])).Terms.Hash);
        foreach (var node in nodes.Nodes)
        {
            Assert.Equal(1, await CountAsync(node, "peering.activated"));
            Assert.Equal(1, await CountAsync(node, "peering.proposed"));
        }
    }

    [Fact]
    public async Task ADatabaseThatFailsAtCommits_LeavesTwoPeers_AndEachEventOnce()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var proxy = FaultProxy.Start(database.ConnectionString, seed);
        await using var acorn = await ExchangeNode.StartAsync("Acorn", configure: null, database, proxy.ConnectionString);
        await using var beech = await ExchangeNode.StartAsync("Beech");
        Fault[] faults = [Fault.SerializationFailure, Fault.LostBefore, Fault.LostAfter, Fault.UnknownNotPersisted, Fault.UnknownPersisted];
        var struck = 0;
        proxy.Decide(group => group.Commits && random.Next(3) == 0 && Interlocked.Increment(ref struck) > 0
            ? faults[random.Next(faults.Length)]
            : Fault.None);

        await PeeredNodes.PeerAsync(beech, acorn);
        proxy.Decide(_ => Fault.None);

        Assert.True(struck > 0);
        foreach (var node in new[] { acorn, beech })
        {
            Assert.Equal(1, await CountAsync(node, "peering.proposed"));
            Assert.Equal(1, await CountAsync(node, "peering.accepted"));
            Assert.Equal(1, await CountAsync(node, "peering.activated"));
        }
    }

    /// <summary>Takes steps of peers, and cuts the connection instead of every other answer.</summary>
    private sealed class LostAnswers : IStartupFilter
    {
        private int _count;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                var isLost = context.Request.Path.StartsWithSegments("/federation/peerings", StringComparison.Ordinal)
                    && Interlocked.Increment(ref _count) % 2 == 1;
                if (!isLost)
                {
                    await rest(context);
                    return;
                }

                using var nowhere = new MemoryStream();
                context.Response.Body = nowhere;
                await rest(context);
                context.Abort();
            });
            next(app);
        };
    }
}
