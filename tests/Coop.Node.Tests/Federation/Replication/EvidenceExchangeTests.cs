using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Replication;
using Coop.Federation.Tests.Audit;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Node.Federation;
using Coop.Node.Federation.Replication;
using Coop.Node.Http;
using Coop.Node.Log;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Proofs that one node brings to another, or finds in the other's list.</summary>
public sealed class EvidenceExchangeTests
{
    private static readonly OutboundLimits Limits = new(64 * 1024, TimeSpan.FromMinutes(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EvidenceAboutTheOwnLog_StopsItsSigning()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await ConnectAsync(acorn, beech);
        await TestLog.AppendAsync(acorn.Node, 5);
        await TestLog.WaitForSizeAsync(acorn.Node, 5);
        using var key = KeyFiles.Log(Path.Combine(acorn.Node.DataFolder.FullName, "keys"));
        var evidence = Lie(await TestLog.VkeyAsync(acorn.Node), key, 3, "elsewhere");

        Assert.True(await BringAsync(beech, acorn, evidence));

        var status = acorn.Node.Services.GetRequiredService<SequencerStatus>();
        await TestLog.EventuallyAsync(() => Task.FromResult(status.Now.Role == SequencerStatus.Role.Halted));
        Assert.Contains(evidence.Id, status.Now.Reason, StringComparison.Ordinal);
        Assert.Contains(beech.Did, status.Now.Reason, StringComparison.Ordinal);
        // It is no secret either: whoever asks for proofs gets this one from the node that it is about.
        Assert.Equal([evidence.Id], await IdsAsync(acorn));
    }

    [Fact]
    public async Task EvidenceByAnotherKey_SaysNothingAboutTheOwnLog()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await ConnectAsync(acorn, beech);
        using var strange = Ed25519Key.Generate();
        var vkey = NoteKey.Create((await TestLog.VkeyAsync(acorn.Node)).Name, NoteKey.Ed25519Type, strange.PublicKey.Span);

        var refused = await Assert.ThrowsAsync<PeerException>(() => BringAsync(beech, acorn, Lie(vkey, strange, 3, "forged")));

        Assert.True(refused.Is(ProblemTypes.EvidenceRefused));
        await TestLog.AppendAsync(acorn.Node, 2);
        await TestLog.WaitForSizeAsync(acorn.Node, 2);
        Assert.Empty(await IdsAsync(acorn));
    }

    [Fact]
    public async Task EvidenceThatAPeerBrings_IsTakenOnce_AndFreezesThePeeringWithTheLiar()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech");
        await ConnectAsync(acorn, beech);
        var liar = DirectPeers.Stranger(new Uri("http://127.0.0.1:1"));
        await ConnectAsync(acorn, liar);
        var evidence = Lie(PublishedLog.Key, PublishedLog.SigningKey, 9, "brought");

        Assert.True(await BringAsync(beech, acorn, evidence));
        Assert.False(await BringAsync(beech, acorn, evidence));

        Assert.Equal(PeeringState.Frozen, await DirectPeers.StateAsync(acorn, liar.Did));
        var stored = Assert.Single(await acorn.Node.Services.GetRequiredService<EvidenceShelf>().ListAsync(Ct));
        Assert.Equal((evidence.Id, beech.Did), (stored.Id, stored.Source));
        Assert.Equal(1, await FreezesAsync(acorn));
    }

    [Fact]
    public async Task EvidenceInAPeersList_IsFound_ByWhomNobodyTold()
    {
        await using var acorn = await StartAsync("Acorn");
        await using var beech = await StartAsync("Beech", DropGossip);
        var liar = DirectPeers.Stranger(new Uri("http://127.0.0.1:1"));
        await ConnectAsync(acorn, liar);
        await ConnectAsync(beech, liar);
        var evidence = Lie(PublishedLog.Key, PublishedLog.SigningKey, 9, "pulled");
        var desk = beech.Node.Services.GetRequiredService<EvidenceDesk>();
        Assert.Equal(EvidenceReception.New, await desk.TakeOwnAsync(evidence, Ct));

        await ConnectAsync(acorn, beech);

        await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(acorn, liar.Did) == PeeringState.Frozen);
        var stored = Assert.Single(await acorn.Node.Services.GetRequiredService<EvidenceShelf>().ListAsync(Ct));
        Assert.Equal((evidence.Id, beech.Did), (stored.Id, stored.Source));
        Assert.Equal(1, await FreezesAsync(acorn));
    }

    // What a node knows of its peerings is a second old at most.
    private static async Task ConnectAsync(ExchangeNode one, ExchangeNode other)
    {
        await DirectPeers.ConnectAsync(one, other);
        await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(one, other.Did) == PeeringState.Active
            && await DirectPeers.StateAsync(other, one.Did) == PeeringState.Active);
    }

    private static async Task ConnectAsync(ExchangeNode one, PeerDescriptor stranger)
    {
        await DirectPeers.ConnectAsync(one, stranger);
        await TestLog.EventuallyAsync(async () => await DirectPeers.StateAsync(one, stranger.Did) == PeeringState.Active);
    }

    /// <summary>Two checkpoints of one size, with roots that are made up.</summary>
    private static EquivocationEvidence Lie(NoteKey vkey, Ed25519Key key, long size, string about)
    {
        SignedNote Sign(string what) =>
            new Checkpoint(vkey.Name, size, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(what))).Sign(key);
        return EquivocationEvidence.Create(vkey, Sign(about), Sign(about + ", too"), []);
    }

    private static async Task<bool> BringAsync(ExchangeNode from, ExchangeNode to, EquivocationEvidence evidence)
    {
        var services = from.Node.Services;
        var peering = await services.GetRequiredService<Peerings>().FindAsync(to.Did, Ct);
        var answer = await services.GetRequiredService<PeerClient>()
            .PostAsync(peering!, "/federation/evidence", evidence.ToJson(), Limits, Ct);
        return JsonElement.Parse(answer.Body.Span).GetProperty("isNew").GetBoolean();
    }

    private static async Task<string[]> IdsAsync(ExchangeNode node)
    {
        var list = await node.Node.Client.GetFromJsonAsync<JsonElement>(new Uri("/federation/evidence", UriKind.Relative), Ct);
        return [.. list.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }

    private static async Task<int> FreezesAsync(ExchangeNode node)
    {
        var events = await node.Admin.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/log/events?limit=200", UriKind.Relative), Ct);
        return events.GetProperty("items").EnumerateArray().Count(e => e.GetProperty("type").GetString() == EventTypes.PeeringFrozen);
    }

    private static void DropGossip(WebApplicationBuilder builder)
    {
        var gossip = builder.Services.Single(s => s.ServiceType == typeof(IHostedService)
            && s.ImplementationFactory is Func<IServiceProvider, EvidenceGossip>);
        builder.Services.Remove(gossip);
    }

    private static Task<ExchangeNode> StartAsync(string name, Action<WebApplicationBuilder>? configure = null) =>
        ExchangeNode.StartAsync(name, builder =>
        {
            builder.Services.AddSingleton(TestLog.Quick);
            builder.Services.AddSingleton(Following);
            configure?.Invoke(builder);
        });

    private static FollowSettings Following { get; } = new()
    {
        Interval = TimeSpan.FromMilliseconds(300),
        FirstPause = TimeSpan.FromMilliseconds(100),
        LongestPause = TimeSpan.FromMilliseconds(400),
        EvidenceInterval = TimeSpan.FromMilliseconds(500),
        LookInterval = TimeSpan.FromMilliseconds(100),
    };
}
