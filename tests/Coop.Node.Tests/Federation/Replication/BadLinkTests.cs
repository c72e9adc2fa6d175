using Coop.Federation.Audit;
using Coop.Federation.Log.Tiles;
using Coop.Federation.Replication;
using Coop.Identity.Net;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Coop.Testing.Faults;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Two nodes, each with its own database, and one copies the other's log over a link that fails.</summary>
public sealed class BadLinkTests : IAsyncLifetime
{
    private readonly Random _random = new(Seed);
    private TestNode _original = null!;
    private TestNode _keeper = null!;

    private static int Seed { get; } = Environment.TickCount;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {Seed}");
        _original = await TestLog.StartAsync();
        _keeper = await TestLog.StartAsync(arguments: ["--COOP_ALLOW_LOCAL_FETCHES=true"]);
        await GrowAsync(1500);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        await _original.DisposeAsync();
    }

    [Fact]
    public async Task CatchesUp_WhenEveryConnectionBreaksInTheMiddle()
    {
        await using var link = LinkProxy.Start(_original.Address);
        var connections = 0;
        link.BreakAfter = () => Interlocked.Increment(ref connections) <= 4 ? TooShort() : NextLength();
        await FollowToTheEndAsync(link);
        Assert.True(connections > 4);
        await AssertCopyAsync();
    }

    [Fact]
    public async Task GoesOnWhereItStopped_WhenTheLinkIsCut_AndTheLogGrowsMeanwhile()
    {
        await using var link = LinkProxy.Start(_original.Address);
        for (var cuts = 0; cuts < 4; cuts++)
        {
            link.Delay = TimeSpan.FromMilliseconds(5);
            var turn = TurnAsync(link);
            var until = link.Carried + _random.Next(20_000, 200_000);
            await TestLog.EventuallyAsync(() => Task.FromResult(link.Carried >= until || turn.IsCompleted));
            link.Cut();
            await turn;
            var before = await StateAsync();
            await GrowAsync(_random.Next(1, 400));
            Assert.Null(await TurnAsync(link));
            Assert.Equal(before, await StateAsync());
            link.Mend();
        }

        await FollowToTheEndAsync(link);
        await AssertCopyAsync();
    }

    [Fact]
    public async Task GetsThere_WhenTheLinkIsSlow()
    {
        await using var link = LinkProxy.Start(_original.Address);
        link.Delay = TimeSpan.FromMilliseconds(40);
        Assert.Equal(FollowOutcome.UpToDate, await TurnAsync(link));
        await AssertCopyAsync();
    }

    [Fact]
    public async Task CatchesUp_AcrossNetworkNamespaces_WhenPacketsAreLost_AndTheLinkGoesDown()
    {
        using var network = NetworkNamespace.TryCreate();
        Assert.SkipWhen(network is null, "no network namespaces here: it takes iproute2 and the right to make them");
        await using var link = LinkProxy.Start(_original.Address, network!.Listen());
        network.Shape("tbf rate 16mbit burst 16kb latency 10ms");
        var turn = TurnAsync(link);
        await TestLog.EventuallyAsync(() => Task.FromResult(link.Carried > 30_000 || turn.IsCompleted));
        network.Down();
        await GrowAsync(300);
        network.Up();
        await turn;
        await FollowToTheEndAsync(link);
        await AssertCopyAsync();
    }

    // Less than one entry bundle: whoever gets no more than that gets nothing.
    private long TooShort() => _random.Next(5_000, 20_000);

    private long NextLength() => _random.Next(10_000, 300_000);

    private MirrorStore Store() => new(_keeper.Services.GetRequiredService<Transactions>());

    private async Task GrowAsync(int count)
    {
        var size = await TestLog.IsPublishedAsync(_original) ? (await TestLog.CheckpointAsync(_original)).Size : 0;
        await TestLog.AppendAsync(_original, count);
        await TestLog.WaitForSizeAsync(_original, size + count);
    }

    private async Task<(long, long)> StateAsync()
    {
        var state = await Store().ReadAsync((await TestLog.VkeyAsync(_original)).Name, Ct);
        return (state.Version, state.Size);
    }

    /// <summary>One turn, as the node takes them; null where the other side did not answer.</summary>
    private async Task<FollowOutcome?> TurnAsync(LinkProxy link)
    {
        var http = _keeper.Services.GetRequiredService<OutboundHttp>();
        var source = new PeerLogSource(http, new Uri(link.Address, "/log"), TimeProvider.System);
        var options = new FollowOptions { BundlesPerStep = 1, BundlesAhead = 2 };
        var before = (await StateAsync()).Item2;
        try
        {
            var result = await new LogFollower(source, await TestLog.VkeyAsync(_original), Store(), options).FollowAsync(Ct);
            Assert.Null(result.Finding);
            return result.Outcome;
        }
        catch (AuditImpossibleException)
        {
            return null;
        }
        finally
        {
            Assert.True((await StateAsync()).Item2 >= before);
        }
    }

    private Task FollowToTheEndAsync(LinkProxy link) =>
        TestLog.EventuallyAsync(async () => await TurnAsync(link) == FollowOutcome.UpToDate);

    /// <summary>Every file of the original, byte for byte, under the same checkpoint: nothing lost, nothing twice.</summary>
    private async Task AssertCopyAsync()
    {
        var checkpoint = await TestLog.CheckpointAsync(_original);
        var state = await Store().ReadAsync(checkpoint.Origin, Ct);
        Assert.Equal(checkpoint.Text, state.Complete!.Text);
        var tree = new MirroredTree(Store(), checkpoint.Origin, state);
        for (var level = TilePath.Entries; level == TilePath.Entries || checkpoint.Size >> (8 * level) > 0; level++)
        {
            for (var n = 0L; TilePath.In(checkpoint.Size, level, n) is { } path; n++)
            {
                Assert.Equal(await TestLog.GetAsync(_original, path.ToString()), await tree.FindAsync(path, Ct));
            }
        }
    }
}
