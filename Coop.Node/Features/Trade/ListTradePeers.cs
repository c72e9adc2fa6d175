using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Trade;

/// <summary>GET /api/trade/peers: with whom this co-op trades, and what the two owe each other.</summary>
public static class ListTradePeers
{
    /// <param name="Unit">The unit's code.</param>
    /// <param name="NetMinor">What the other co-op owes this one; negative where this one owes it.</param>
    /// <param name="ReservedMinor">Offered by this co-op and not decided.</param>
    /// <param name="PromisedMinor">Promised by this co-op and not decided.</param>
    /// <param name="TheyMayOweMinor">What the terms let the other co-op owe; null for nothing.</param>
    /// <param name="WeMayOweMinor">What the terms let this co-op owe; null for nothing.</param>
    /// <param name="AccountId">The account in these books; null before the first transfer.</param>
    public sealed record PositionView(
        string Unit, long NetMinor, long ReservedMinor, long PromisedMinor, long? TheyMayOweMinor, long? WeMayOweMinor, Guid? AccountId);

    /// <param name="Did">The other co-op.</param>
    /// <param name="Name">What it calls itself; its DID where there is no peering any more.</param>
    /// <param name="IsOpen">Whether transfers can be begun.</param>
    /// <param name="IsReady">Whether the two nodes have told each other what they hold.</param>
    /// <param name="Frozen">Why nothing new is begun: <c>fork</c> or <c>breach</c>; null where all is well.</param>
    /// <param name="Sent">How many messages this node has signed.</param>
    /// <param name="Received">How many of theirs were taken.</param>
    /// <param name="Positions">By unit.</param>
    public sealed record TradePeerView(
        string Did, string Name, bool IsOpen, bool IsReady, string? Frozen, long Sent, long Received, IReadOnlyList<PositionView> Positions);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapGet("/peers", HandleAsync)
            .RequireReader(Roles.Member)
            .WithSummary("List the co-ops with which this one trades, and the net positions");

    private static async Task<IReadOnlyList<TradePeerView>> HandleAsync(
        Transactions transactions, Peerings peerings, TradeEngine engine, CancellationToken ct)
    {
        var (pairs, positions) = await transactions.ReadAsync(ReadAsync, ct);
        var open = await peerings.ListAsync(ct);
        var traders = open.Where(p => p.Grants(PeeringScope.Trade) && p.IsGranted(PeeringScope.Trade)).Select(p => p.Peer.Did);
        return
        [
            .. pairs.Select(p => p.PeerDid).Union(traders, StringComparer.Ordinal).Select(did => View(
                pairs.Find(p => p.PeerDid == did) ?? TradePair.None(did),
                open.FirstOrDefault(p => p.Peer.Did == did),
                positions.FindAll(p => p.PeerDid == did),
                engine.IsConfirmed(did))),
        ];
    }

    private static async Task<(List<TradePair> Pairs, List<PositionRow> Positions)> ReadAsync(
        Npgsql.NpgsqlConnection connection, CancellationToken ct)
    {
        var pairs = new List<TradePair>();
        foreach (var did in await TradeTable.ListPeersAsync(connection, ct))
        {
            pairs.Add(await TradeTable.FindAsync(connection, did, ct));
        }

        return (pairs, await PositionTable.ListAsync(connection, ct));
    }

    private static TradePeerView View(TradePair pair, Peering? peering, List<PositionRow> rows, bool isReady)
    {
        var ours = peering?.Ours.Trade.ToDictionary(t => t.Unit, t => t.MaxCreditMinor) ?? [];
        var theirs = peering?.Theirs.Trade.ToDictionary(t => t.Unit, t => t.MaxCreditMinor) ?? [];
        var units = rows.Select(r => r.Position.Unit).Union(ours.Keys).Union(theirs.Keys).Order(StringComparer.Ordinal);
        return new(
            pair.PeerDid, peering?.Peer.Name ?? pair.PeerDid,
            peering is not null && peering.Grants(PeeringScope.Trade) && peering.IsGranted(PeeringScope.Trade) && pair.Frozen is null,
            isReady, pair.Frozen, pair.Sent.Seq, pair.Received.Seq,
            [
                .. units.Select(unit =>
                {
                    var row = rows.Find(r => r.Position.Unit == unit);
                    var position = row?.Position ?? TradePosition.None(unit);
                    return new PositionView(
                        unit, position.MirrorMinor, position.ReservedMinor, position.PromisedMinor,
                        ours.TryGetValue(unit, out var they) ? they : null, theirs.TryGetValue(unit, out var we) ? we : null,
                        row?.Mirror.Value);
                }),
            ]);
    }
}
