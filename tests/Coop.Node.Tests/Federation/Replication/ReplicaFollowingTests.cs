using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Node.Federation.Replication;
using Coop.Node.Log;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Two replicas of one node, which both follow its peers at the same time.</summary>
public sealed class ReplicaFollowingTests
{
    // Each looks so often that they meet all the time.
    private static readonly FollowSettings Busy = new()
    {
        Interval = TimeSpan.FromMilliseconds(50),
        LeastInterval = TimeSpan.FromMilliseconds(10),
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(100),
        EntangleInterval = TimeSpan.FromMilliseconds(100),
        EvidenceInterval = TimeSpan.FromMilliseconds(300),
        LookInterval = TimeSpan.FromMilliseconds(50),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CopyEachEntryOnce_AndRecordEachCheckpointOnce()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn", Configure);
        await using var beech = await ExchangeNode.StartAsync("Beech", Configure);
        await using var replica = await ReplicaOfAsync(beech);
        await DirectPeers.ConnectAsync(acorn, beech);
        var origin = (await DirectPeers.DescribeAsync(acorn)).LogOrigin;
        for (var i = 0; i < 6; i++)
        {
            await TestLog.AppendAsync(acorn.Node, 90);
            var size = (await TestLog.WaitForSizeAsync(acorn.Node, (i + 1) * 90)).Size;
            await MirroredAsync(beech.Node, origin, size);
        }

        await TestLog.EventuallyAsync(async () => (await SeenAsync(beech, origin)).Count > 0);
        // The replica serves the copy that both have made; what it is made of is what the peer published.
        await TestLog.VerifyAsync(acorn.Node);
        foreach (var path in new[] { "tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001", "tile/1/000.p/2" })
        {
            var original = await TestLog.GetAsync(acorn.Node, path);
            foreach (var node in new[] { beech.Node, replica })
            {
                Assert.Equal(original, await node.Client.GetByteArrayAsync($"/federation/mirrors/{LogSubject.IdOf(origin)}/{path}", Ct));
            }
        }

        var copied = await replica.Client.GetByteArrayAsync($"/federation/mirrors/{LogSubject.IdOf(origin)}/checkpoint", Ct);
        var vkey = await TestLog.VkeyAsync(acorn.Node);
        Assert.True(Checkpoint.Verify(copied, vkey).Size >= 540);
        var seen = await SeenAsync(beech, origin);
        Assert.Equal(seen.Distinct().Count(), seen.Count);
        await TestLog.VerifyAsync(beech.Node);
    }

    [Fact]
    public async Task FindTwoHistoriesOnce()
    {
        var log = PublishedLog.Of(600);
        await using var server = LogServer.Start((path, response) =>
        {
            var file = log.Files.GetValueOrDefault(path.Replace("log/", "", StringComparison.Ordinal));
            response.StatusCode = file is null ? 404 : 200;
            return response.OutputStream.WriteAsync(file ?? []).AsTask();
        });
        await using var beech = await ExchangeNode.StartAsync("Beech", Configure);
        await using var replica = await ReplicaOfAsync(beech);
        var liar = DirectPeers.Stranger(server.Address);
        await DirectPeers.ConnectAsync(beech, liar);
        await MirroredAsync(replica, PublishedLog.Origin, 600);

        log = PublishedLog.Publish(PublishedLog.MakeEntries(900, rewrittenFrom: 10));
        await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(beech, liar.Did) == PeeringState.Frozen);
        // Both come by many times more, or would.
        await Task.Delay(Busy.EvidenceInterval * 5, Ct);

        foreach (var node in new[] { beech.Node, replica })
        {
            var list = await node.Client.GetFromJsonAsync<JsonElement>("/federation/evidence", Ct);
            Assert.Single(list.GetProperty("evidence").EnumerateArray());
        }

        Assert.Single(await EventsAsync(beech, EventTypes.EquivocationFound));
        Assert.Single(await EventsAsync(beech, EventTypes.PeeringFrozen));
    }

    private static void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TestLog.Quick);
        builder.Services.AddSingleton(Busy);
    }

    private static Task<TestNode> ReplicaOfAsync(ExchangeNode node) => TestNode.StartAsync(
        Configure, database: node.Node.Database, keysFrom: node.Node.DataFolder,
        arguments: [$"--COOP_PUBLIC_URL={PeeredNodes.AddressOf(node)}", "--COOP_ALLOW_LOCAL_FETCHES=true"]);

    private static Task MirroredAsync(TestNode node, string origin, long size) => TestLog.EventuallyAsync(
        async () => await node.Services.GetRequiredService<MirrorStore>().ReadAsync(origin, Ct) is { Complete: not null } state
            && state.Size >= size);

    /// <summary>The states of that log that the node has written into its own, as <c>size root</c>.</summary>
    private static async Task<List<string>> SeenAsync(ExchangeNode node, string origin)
    {
        var seen = new List<string>();
        foreach (var item in await EventsAsync(node, EventTypes.CheckpointSeen))
        {
            if (item.GetProperty("subject").GetString() == LogSubject.Of(origin))
            {
                var id = item.GetProperty("id").GetGuid();
                var shown = JsonElement.Parse(await node.Admin.Client.GetStringAsync($"/api/log/events/{id}", Ct));
                var payload = shown.GetProperty("payload");
                seen.Add($"{payload.GetProperty("size")} {payload.GetProperty("root")}");
            }
        }

        return seen;
    }

    private static async Task<List<JsonElement>> EventsAsync(ExchangeNode node, string type)
    {
        var page = await node.Admin.Client.GetFromJsonAsync<JsonElement>("/api/log/events?limit=200", Ct);
        return [.. page.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("type").GetString() == type)];
    }
}
