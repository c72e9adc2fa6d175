using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Node.Database;
using Coop.Node.Federation.Replication;
using Coop.Node.Log;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Whole nodes that follow each other, and logs that lie to them.</summary>
public class FollowingTests
{
    private static readonly FollowSettings Quick = new()
    {
        Interval = TimeSpan.FromMilliseconds(300),
        LeastInterval = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromMilliseconds(400),
        EntangleInterval = TimeSpan.FromMilliseconds(200),
        EvidenceInterval = TimeSpan.FromMilliseconds(500),
        LookInterval = TimeSpan.FromMilliseconds(100),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Copies_WhatThePeerWrites_AndServesItAsThePeerDoes()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await DirectPeers.ConnectAsync(acorn, beech);
        await AppendAsync(acorn, 600);
        var published = await TestLog.WaitForSizeAsync(acorn.Node, 600);
        await MirroredAsync(beech, acorn, published.Size);

        var id = LogSubject.IdOf(published.Origin);
        foreach (var path in new[] { "tile/0/000", "tile/entries/001", "tile/1/000.p/2" })
        {
            var original = await TestLog.GetAsync(acorn.Node, path);
            using var answer = await beech.Node.Client.GetAsync(new Uri($"/federation/mirrors/{id}/{path}", UriKind.Relative), Ct);
            Assert.Equal(original, await answer.Content.ReadAsByteArrayAsync(Ct));
            var isFull = !path.Contains(".p/", StringComparison.Ordinal);
            Assert.Equal(isFull, answer.Headers.ETag is not null);
            Assert.Equal(isFull, answer.Headers.CacheControl!.ToString().Contains("immutable", StringComparison.Ordinal));
        }

        var copied = await beech.Node.Client.GetByteArrayAsync(new Uri($"/federation/mirrors/{id}/checkpoint", UriKind.Relative), Ct);
        var vkey = await TestLog.VkeyAsync(acorn.Node);
        Assert.True(Checkpoint.Verify(copied, vkey).Size >= 600);
        foreach (var path in new[] { "tile/0/900", "tile/x", "tile/entries/000.p/300" })
        {
            using var answer = await beech.Node.Client.GetAsync(new Uri($"/federation/mirrors/{id}/{path}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        var mirrors = await beech.Admin.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/mirrors", UriKind.Relative), Ct);
        var mirror = Assert.Single(mirrors.GetProperty("items").EnumerateArray());
        Assert.Equal(acorn.Did, mirror.GetProperty("did").GetString());
        Assert.True(mirror.GetProperty("isFollowed").GetBoolean());
        Assert.True(mirror.GetProperty("lastAnswer").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task ComesSoon_WhenItIsPoked()
    {
        var slow = Quick with { Interval = TimeSpan.FromHours(1) };
        await using var acorn = await StartAsync("Acorn", slow);
        await using var beech = await StartAsync("Beech", slow);
        await DirectPeers.ConnectAsync(acorn, beech);
        // The first visit; from here on only a poke can bring another before an hour is over.
        await MirroredAsync(beech, acorn, 1);
        await AppendAsync(acorn, 5);
        await MirroredAsync(beech, acorn, (await TestLog.CheckpointAsync(acorn.Node)).Size);
        await AppendAsync(acorn, 5);
        await MirroredAsync(beech, acorn, (await TestLog.CheckpointAsync(acorn.Node)).Size);
    }

    [Fact]
    public async Task RecordsWhatItSaw_OnBothSides_AndThenRests()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await DirectPeers.ConnectAsync(acorn, beech);
        await SeenAsync(acorn, beech, 1);
        await SeenAsync(beech, acorn, 1);

        await RestsAsync(acorn, beech);
        var (countA, countB) = (await SeenCountAsync(acorn, beech), await SeenCountAsync(beech, acorn));

        // Something new is recorded again, once, and then there is rest again.
        await AppendAsync(acorn, 3);
        await SeenAsync(beech, acorn, countB + 1);
        await RestsAsync(acorn, beech);
        Assert.Equal((countA, countB + 1), (await SeenCountAsync(acorn, beech), await SeenCountAsync(beech, acorn)));
    }

    [Fact]
    public async Task CatchesALog_ThatShowsOneHistoryToOnePeerAndAnotherToTheNext()
    {
        var one = PublishedLog.Publish(PublishedLog.MakeEntries(500));
        var two = PublishedLog.Publish(PublishedLog.MakeEntries(700, rewrittenFrom: 300));
        await using var toAcorn = LogServer.Start(one, PublishedLog.Key.ToString());
        await using var toBeech = LogServer.Start(two, PublishedLog.Key.ToString());
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        var liar = DirectPeers.Stranger(toAcorn.Address);
        await DirectPeers.ConnectAsync(acorn, liar);
        await DirectPeers.ConnectAsync(beech, DirectPeers.Stranger(toBeech.Address));
        await MirroredAsync(acorn, PublishedLog.Origin, 500);
        await MirroredAsync(beech, PublishedLog.Origin, 700);

        await DirectPeers.ConnectAsync(acorn, beech);
        foreach (var node in new[] { acorn, beech })
        {
            await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(node, liar.Did) == PeeringState.Frozen);
            var evidence = Assert.IsType<EquivocationEvidence>(await EvidenceOfAsync(node));
            Assert.Equal(PublishedLog.Key, evidence.LogKey);
            Assert.Equal((500, 700), (Checkpoint.Parse(evidence.Smaller.Text).Size, Checkpoint.Parse(evidence.Larger.Text).Size));
            Assert.Equal(1, await CountAsync(node, EventTypes.EquivocationFound));
            Assert.Equal(1, await CountAsync(node, EventTypes.PeeringFrozen));
        }

        // Between the two honest ones nothing has changed.
        Assert.Equal(PeeringState.Active, await DirectPeers.StateAsync(acorn, beech.Did));
    }

    [Fact]
    public async Task CatchesALog_ThatRewritesItsHistory_AndDisturbsNobodyElse()
    {
        var log = PublishedLog.Of(600);
        await using var server = Serve(() => log);
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        var liar = DirectPeers.Stranger(server.Address);
        await DirectPeers.ConnectAsync(acorn, liar);
        await DirectPeers.ConnectAsync(acorn, beech);
        await MirroredAsync(acorn, PublishedLog.Origin, 600);

        log = PublishedLog.Publish(PublishedLog.MakeEntries(900, rewrittenFrom: 10));
        await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(acorn, liar.Did) == PeeringState.Frozen);
        // Who was no witness of it is told, and believes only the proof: it does not know the log, so nothing follows.
        Assert.NotNull(await EvidenceOfAsync(acorn));
        Assert.Null(await EvidenceOfAsync(beech));

        await AppendAsync(beech, 300);
        await MirroredAsync(acorn, beech, (await TestLog.WaitForSizeAsync(beech.Node, 300)).Size);
    }

    [Fact]
    public async Task GoesOnWithTheOthers_WhenOnePeerAnswersNonsense_AndComesBackToIt()
    {
        var isHostile = true;
        var log = PublishedLog.Of(600);
        await using var server = LogServer.Start(async (path, response) =>
        {
            var file = log.Files.GetValueOrDefault(path.Replace("log/", "", StringComparison.Ordinal));
            if (isHostile && path.Contains("entries", StringComparison.Ordinal))
            {
                response.SendChunked = true;
                for (var i = 0; i < 1000; i++)
                {
                    await response.OutputStream.WriteAsync(new byte[64 * 1024]);
                }

                return;
            }

            response.StatusCode = file is null ? 404 : 200;
            await response.OutputStream.WriteAsync(file ?? []);
        });
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await DirectPeers.ConnectAsync(acorn, DirectPeers.Stranger(server.Address));
        await DirectPeers.ConnectAsync(acorn, beech);
        await AppendAsync(beech, 300);
        await MirroredAsync(acorn, beech, (await TestLog.WaitForSizeAsync(beech.Node, 300)).Size);
        await TestLog.EventuallyAsync(async () => (await MirrorAsync(acorn, PublishedLog.Origin))?.GetProperty("fault").GetString() == "entry-malformed");
        Assert.Equal(0, (await StateOfAsync(acorn, PublishedLog.Origin)).Size);

        isHostile = false;
        await MirroredAsync(acorn, PublishedLog.Origin, 600);
    }

    [Fact]
    public async Task CatchesUp_WithAPeerThatWasAwayForAMonth_ByItself()
    {
        var log = PublishedLog.Of(20);
        var isAway = false;
        await using var server = LogServer.Start((path, response) =>
        {
            var file = isAway ? null : log.Files.GetValueOrDefault(path.Replace("log/", "", StringComparison.Ordinal));
            response.StatusCode = isAway ? 503 : file is null ? 404 : 200;
            return response.OutputStream.WriteAsync(file ?? []).AsTask();
        });
        await using var acorn = await StartAsync("Acorn");
        await DirectPeers.ConnectAsync(acorn, DirectPeers.Stranger(server.Address));
        await MirroredAsync(acorn, PublishedLog.Origin, 20);

        isAway = true;
        await TestLog.EventuallyAsync(async () => (await MirrorAsync(acorn, PublishedLog.Origin))?.GetProperty("fault").GetString() == PeerFollowing.NoAnswer);
        log = PublishedLog.Of(30_000);
        isAway = false;
        await MirroredAsync(acorn, PublishedLog.Origin, 30_000);
    }

    private static LogServer Serve(Func<PublishedLog> log) => LogServer.Start((path, response) =>
    {
        var file = log().Files.GetValueOrDefault(path.Replace("log/", "", StringComparison.Ordinal));
        response.StatusCode = file is null ? 404 : 200;
        return response.OutputStream.WriteAsync(file ?? []).AsTask();
    });

    private static Task<ExchangeNode> StartAsync(string name, FollowSettings? settings = null) =>
        ExchangeNode.StartAsync(name, builder =>
        {
            builder.Services.AddSingleton(TestLog.Quick);
            builder.Services.AddSingleton(settings ?? Quick);
        });

    private static async Task AppendAsync(ExchangeNode node, int count)
    {
        var before = await TestLog.IsPublishedAsync(node.Node) ? (await TestLog.CheckpointAsync(node.Node)).Size : 0;
        await TestLog.AppendAsync(node.Node, count);
        await TestLog.WaitForSizeAsync(node.Node, before + count);
    }

    private static async Task MirroredAsync(ExchangeNode node, ExchangeNode other, long size) =>
        await MirroredAsync(node, (await DirectPeers.DescribeAsync(other)).LogOrigin, size);

    private static Task MirroredAsync(ExchangeNode node, string origin, long size) => TestLog.EventuallyAsync(
        async () => (await StateOfAsync(node, origin)) is { Complete: not null } state && state.Size >= size);

    private static Task<MirrorState> StateOfAsync(ExchangeNode node, string origin) =>
        node.Node.Services.GetRequiredService<MirrorStore>().ReadAsync(origin, Ct);

    private static async Task<JsonElement?> MirrorAsync(ExchangeNode node, string origin)
    {
        var mirrors = await node.Admin.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/mirrors", UriKind.Relative), Ct);
        return mirrors.GetProperty("items").EnumerateArray().Cast<JsonElement?>()
            .FirstOrDefault(m => m!.Value.GetProperty("origin").GetString() == origin);
    }

    private static async Task<EquivocationEvidence?> EvidenceOfAsync(ExchangeNode node)
    {
        var list = await node.Node.Client.GetFromJsonAsync<JsonElement>(new Uri("/federation/evidence", UriKind.Relative), Ct);
        var ids = list.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("id").GetString()).ToList();
        return ids is [var id]
            ? EquivocationEvidence.Parse(await node.Node.Client.GetByteArrayAsync(new Uri($"/federation/evidence/{id}", UriKind.Relative), Ct))
            : null;
    }

    // The log is the witness of what was written, and how often.
    private static async Task<int> CountAsync(ExchangeNode node, string type, string? subject = null)
    {
        var events = await node.Admin.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/log/events?limit=200", UriKind.Relative), Ct);
        return events.GetProperty("items").EnumerateArray().Count(e =>
            e.GetProperty("type").GetString() == type && (subject is null || e.GetProperty("subject").GetString() == subject));
    }

    private static async Task<int> SeenCountAsync(ExchangeNode node, ExchangeNode other) => await CountAsync(
        node, EventTypes.CheckpointSeen, LogSubject.Of((await DirectPeers.DescribeAsync(other)).LogOrigin));

    private static Task SeenAsync(ExchangeNode node, ExchangeNode other, int count) =>
        TestLog.EventuallyAsync(async () => await SeenCountAsync(node, other) >= count);

    // Both logs keep their sizes for many times the interval in which the nodes look and may record.
    private static Task RestsAsync(ExchangeNode one, ExchangeNode other)
    {
        var (sizes, since) = ((-1L, -1L), 0);
        return TestLog.EventuallyAsync(async () =>
        {
            var now = ((await TestLog.CheckpointAsync(one.Node)).Size, (await TestLog.CheckpointAsync(other.Node)).Size);
            var isWhole = (await StateOfAsync(one, (await DirectPeers.DescribeAsync(other)).LogOrigin)).Size == now.Item2
                && (await StateOfAsync(other, (await DirectPeers.DescribeAsync(one)).LogOrigin)).Size == now.Item1;
            since = now == sizes && isWhole ? since + 1 : 0;
            sizes = now;
            await Task.Delay(100, Ct);
            return since > 25;
        });
    }
}
