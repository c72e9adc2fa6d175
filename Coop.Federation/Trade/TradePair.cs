namespace Coop.Federation.Trade;

/// <summary>Where the two chains between this node and a peer stand.</summary>
/// <param name="PeerDid">The peer.</param>
/// <param name="Sent">What this node has signed.</param>
/// <param name="Received">What of the peer's was taken here.</param>
/// <param name="Frozen">Why nothing new is begun, one of <see cref="TradeCodes"/>; null where all is well.</param>
/// <param name="StatedDay">The last day for which this node has sent a statement.</param>
public sealed record TradePair(string PeerDid, TradeHead Sent, TradeHead Received, string? Frozen, DateOnly? StatedDay)
{
    /// <summary>Before the first message.</summary>
    public static TradePair None(string peerDid) => new(peerDid, TradeHead.Start, TradeHead.Start, null, null);
}

/// <summary>What the peering's terms allow now.</summary>
/// <param name="IsOpen">Whether both may begin transfers: the peering is active and both grant trade.</param>
/// <param name="TheyMayOwe">The peer's credit here by unit.</param>
/// <param name="WeMayOwe">This side's credit at the peer by unit.</param>
public sealed record TradeAllowance(
    bool IsOpen, IReadOnlyDictionary<string, long> TheyMayOwe, IReadOnlyDictionary<string, long> WeMayOwe);
