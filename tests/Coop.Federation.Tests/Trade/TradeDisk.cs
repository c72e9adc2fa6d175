using System.Collections.Immutable;
using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

/// <summary>A message as it is kept.</summary>
internal sealed record KeptMessage(string Hash, ReadOnlyMemory<byte> Json, TradeMessage Message);

/// <summary>
/// Everything durable of one co-op: its trade, and its books with one account a member. Immutable, so that a
/// backup is a reference.
/// </summary>
internal sealed record TradeDisk(
    ImmutableDictionary<string, TradePair> Pairs,
    ImmutableDictionary<(string Peer, bool IsOwn), ImmutableList<KeptMessage>> Messages,
    ImmutableDictionary<Guid, Transfer> Transfers,
    ImmutableSortedDictionary<(string Peer, string Unit), TradePosition> Positions,
    ImmutableDictionary<Guid, long> Accounts,
    long UnderWayMinor,
    ImmutableList<ReadOnlyMemory<byte>> Evidence,
    ImmutableDictionary<Guid, Netting> Nettings)
{
    public static TradeDisk Empty { get; } = new(
        ImmutableDictionary<string, TradePair>.Empty,
        ImmutableDictionary<(string, bool), ImmutableList<KeptMessage>>.Empty,
        ImmutableDictionary<Guid, Transfer>.Empty,
        ImmutableSortedDictionary<(string, string), TradePosition>.Empty,
        ImmutableDictionary<Guid, long>.Empty, 0, [], ImmutableDictionary<Guid, Netting>.Empty);

    public TradePair PairOf(string peer) => Pairs.GetValueOrDefault(peer) ?? TradePair.None(peer);

    public ImmutableList<KeptMessage> MessagesOf(string peer, bool isOwn) => Messages.GetValueOrDefault((peer, isOwn)) ?? [];

    public IEnumerable<Transfer> OpenWith(string peer) => Transfers.Values.Where(t => t.PeerDid == peer && !t.IsFinal);

    /// <summary>A netting with its legs as they are.</summary>
    public Netting? NettingOf(Guid id, string did) => Nettings.GetValueOrDefault(id) is { } netting
        ? netting with
        {
            In = Transfers.GetValueOrDefault(netting.Plan.LegOf(netting.Plan.CreditorOf(did)))?.State,
            Out = Transfers.GetValueOrDefault(netting.Plan.LegOf(did))?.State,
        }
        : null;

    /// <summary>What members have, and what the co-op owes and is owed: the same for ever.</summary>
    public long TotalMinor => Accounts.Values.Sum() + UnderWayMinor - Positions.Values.Sum(p => p.MirrorMinor);
}
