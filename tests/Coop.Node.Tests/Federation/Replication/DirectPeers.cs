using Coop.Federation.Log.Notes;
using Coop.Federation.Peering;
using Coop.Federation.Tests.Audit;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Federation.Replication;

/// <summary>Peerings written straight into the databases of nodes: these tests are of what follows.</summary>
internal static class DirectPeers
{
    /// <summary>A co-op that is no node of ours; its log is that of <see cref="PublishedLog"/>.</summary>
    public static PeerDescriptor Stranger(Uri address, string name = "liar") => new(
        $"did:webvh:QmfGEUAcMpzo25kF2Rhn8L5FAXysfGnkzjwdKoNPi615XQ:{name}.example",
        name,
        new Uri(address.GetLeftPart(UriPartial.Authority)),
        PublishedLog.Origin,
        PublishedLog.Key,
        NoteKey.Create($"{name}.example/witness", NoteKey.CosignatureType, PublishedLog.SigningKey.PublicKey.Span));

    public static Task<PeerDescriptor> DescribeAsync(ExchangeNode node) =>
        node.Node.Services.GetRequiredService<OwnDescriptor>().ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Makes two nodes peers of each other, with every scope.</summary>
    public static async Task<Guid> ConnectAsync(ExchangeNode one, ExchangeNode other)
    {
        var (a, b) = (await DescribeAsync(one), await DescribeAsync(other));
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await AddAsync(one, id, a, b);
        await AddAsync(other, id, a, b);
        await PinAsync(one, b.Did);
        await PinAsync(other, a.Did);
        return id;
    }

    /// <summary>Makes a stranger a peer of one node.</summary>
    public static async Task<Guid> ConnectAsync(ExchangeNode one, PeerDescriptor stranger)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await AddAsync(one, id, await DescribeAsync(one), stranger);
        return id;
    }

    public static async Task<PeeringState?> StateAsync(ExchangeNode node, string did) =>
        (await node.Node.Services.GetRequiredService<Peerings>().FindAsync(did, TestContext.Current.CancellationToken))?.State;

    private static async Task AddAsync(ExchangeNode node, Guid id, PeerDescriptor a, PeerDescriptor b)
    {
        var grant = PeeringGrant.Of(PeeringScopes.All.Where(s => s != PeeringScope.Trade));
        var now = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        var terms = SignedTerms.Draft(new PeeringTerms(id, 1, null, now, new PeeringParty(a, grant), new PeeringParty(b, grant)));
        var own = (await DescribeAsync(node)).Did;
        var standing = PeeringStanding.None with { Version = 1, Hash = terms.Terms.Hash };
        var record = new PeeringRecord(id, a.Did == own ? b.Did : a.Did, standing, terms, null, 1, 1, now, now, null);
        await Transactions(node).MaintainAsync(
            async (transaction, ct) =>
            {
                await PeeringStore.InsertAsync(transaction, record, ct);
                return true;
            },
            TestContext.Current.CancellationToken);
    }

    private static async Task PinAsync(ExchangeNode node, string did)
    {
        var ct = TestContext.Current.CancellationToken;
        var keys = node.Node.Services.GetRequiredService<PeerKeys>();
        var history = await keys.FetchAsync(did, ct);
        await Transactions(node).WriteAsync((scope, token) => keys.PinAsync(scope, history, token), ct);
    }

    private static Transactions Transactions(ExchangeNode node) => node.Node.Services.GetRequiredService<Transactions>();
}
