using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Node.Federation;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation;

/// <summary>The life of a peering between two real nodes.</summary>
public sealed class PeeringTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothSidesHaveTheSameTerms_AndAnEventForEachStep()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);

        var (here, there) = (await PeerOf(nodes[0], nodes[1]), await PeerOf(nodes[1], nodes[0]));
        Assert.Equal(here.Id, there.Id);
        Assert.Equal(here.Terms.Hash, there.Terms.Hash);
        Assert.All(PeeringScopes.All, scope => Assert.True(here.Grants(scope) && there.Grants(scope)));
        foreach (var node in nodes.Nodes)
        {
            Assert.Equal(["peering.proposed", "peering.accepted", "peering.activated"], await EventsOf(node));
        }
    }

    [Fact]
    public async Task ThePublicList_SaysTheSameOnBothSides()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.Replicate, PeeringScope.Witness);

        var (here, there) = (await ListOf(nodes[0]), await ListOf(nodes[1]));

        Assert.Equal(here.GetProperty("termsHash").GetString(), there.GetProperty("termsHash").GetString());
        Assert.Equal("active", here.GetProperty("state").GetString());
        Assert.Equal(nodes[1].Did, here.GetProperty("peer").GetProperty("did").GetString());
        Assert.Equal(["replicate", "witness"], here.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task SuspendedAndResumedByOneSide_IsSoOnBoth_AndEndedIsForGood()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var id = (await PeerOf(nodes[0], nodes[1])).Id;

        await Desk(nodes[0]).SuspendAsync(id, "We move house", nodes[0].Admin.Actor, Ct);
        Assert.False((await PeeredNodes.UntilAsync(nodes[1], nodes[0].Did, PeeringState.Suspended)).Grants(PeeringScope.Replicate));
        await Desk(nodes[0]).ResumeAsync(id, null, null, nodes[0].Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(nodes[1], nodes[0].Did, PeeringState.Active);
        await Desk(nodes[1]).EndAsync(id, null, nodes[1].Admin.Actor, Ct);
        await UntilGoneAsync(nodes[0], nodes[1].Did);

        Assert.Equal(["peering.suspended", "peering.resumed", "peering.ended"], (await EventsOf(nodes[0]))[3..]);
        Assert.Equal(["peering.suspended", "peering.resumed", "peering.ended"], (await EventsOf(nodes[1]))[3..]);
        // Another peering of the two is a new one.
        Assert.NotEqual(id, (await PeeredNodes.PeerAsync(nodes[0], nodes[1])).Id);
    }

    [Fact]
    public async Task NewTerms_AreInForceWhenBothHaveSigned_AndTheOldUntilThen()
    {
        await using var nodes = await PeeredNodes.StartAsync(2);
        var old = await PeerOf(nodes[0], nodes[1]);

        var changed = await Desk(nodes[0]).RenegotiateAsync(
            old.Id, PeeringGrant.Of(PeeringScope.Replicate), PeeringGrant.Of(PeeringScope.Claims), nodes[0].Admin.Actor, Ct);
        var hash = changed.OnTable!.Terms.Hash;
        await UntilAsync(async () => (await RecordOf(nodes[1], old.Id)).OnTable?.Terms.Hash == hash);
        Assert.Equal(old.Terms.Hash, (await PeerOf(nodes[1], nodes[0])).Terms.Hash);
        await Desk(nodes[1]).AcceptAsync(old.Id, hash, nodes[1].Admin.Actor, Ct);
        await UntilAsync(async () => (await PeerOf(nodes[0], nodes[1])).Terms.Hash == hash && (await PeerOf(nodes[1], nodes[0])).Terms.Hash == hash);

        Assert.False((await PeerOf(nodes[0], nodes[1])).Grants(PeeringScope.Witness));
        Assert.True((await PeerOf(nodes[1], nodes[0])).Grants(PeeringScope.Claims));
        Assert.Equal("peering.renegotiated", (await EventsOf(nodes[1]))[^1]);
    }

    [Fact]
    public async Task TwoThatProposeToEachOtherAtOnce_EndWithOnePeering()
    {
        await using var one = await ExchangeNode.StartAsync("Acorn");
        await using var other = await ExchangeNode.StartAsync("Birch");
        var grant = PeeringGrant.Of(PeeringScope.Replicate);

        await Task.WhenAll(
            Desk(one).ProposeAsync(PeeredNodes.AddressOf(other), grant, grant, null, one.Admin.Actor, Ct),
            Desk(other).ProposeAsync(PeeredNodes.AddressOf(one), grant, grant, null, other.Admin.Actor, Ct));

        await UntilAsync(async () => (await OpenOf(one, other))?.Id is { } id && (await OpenOf(other, one))?.Id == id);
    }

    private static async Task<Peering> PeerOf(ExchangeNode node, ExchangeNode peer) =>
        await OpenOf(node, peer) ?? throw new InvalidOperationException("They are no peers.");

    private static Task<Peering?> OpenOf(ExchangeNode node, ExchangeNode peer) =>
        node.Node.Services.GetRequiredService<Peerings>().FindAsync(peer.Did, Ct);

    private static async Task<PeeringRecord> RecordOf(ExchangeNode node, Guid id) =>
        (await node.Node.Services.GetRequiredService<Coop.Node.Database.Transactions>().ReadAsync(
            (c, t) => PeeringStore.FindAsync(c, id, t), Ct))!;

    private static Task UntilGoneAsync(ExchangeNode node, string did) =>
        UntilAsync(async () => await node.Node.Services.GetRequiredService<Peerings>().FindAsync(did, Ct) is null);

    // Ends with the state; a test that hangs is ended by its runner.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(50, Ct);
        }
    }

    private static async Task<JsonElement> ListOf(ExchangeNode node) =>
        JsonElement.Parse(await node.Node.Client.GetStringAsync("/federation/peers", Ct)).GetProperty("peers")[0];

    private static async Task<List<string?>> EventsOf(ExchangeNode node)
    {
        JsonElement[] events = [];
        await UntilAsync(async () =>
        {
            var page = JsonElement.Parse(await node.Admin.Client.GetStringAsync("/api/log/events?limit=200", Ct));
            events = [.. page.GetProperty("items").EnumerateArray()];
            return events.All(e => e.GetProperty("seq").ValueKind == JsonValueKind.Number);
        });
        return
        [
            .. events
                .Select(e => (Seq: e.GetProperty("seq").GetInt64(), Type: e.GetProperty("type").GetString()))
                .Where(e => e.Type!.StartsWith("peering.", StringComparison.Ordinal))
                .OrderBy(e => e.Seq).Select(e => e.Type),
        ];
    }

    private static PeeringDesk Desk(ExchangeNode node) => node.Node.Services.GetRequiredService<PeeringDesk>();
}
