using System.Collections.Immutable;
using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

/// <summary>The process died; nothing of it runs on.</summary>
internal sealed class SimCrash : Exception;

/// <summary>
/// A store in memory whose process may die just before and just after each commit. It belongs to one life of a node;
/// a life that is over can touch nothing any more.
/// </summary>
internal sealed class SimTradeStore(TradeCoop coop, int life) : ITradeStore
{
    public async Task<T> WriteAsync<T>(string peerDid, Func<ITradeWrite, CancellationToken, Task<T>> body, CancellationToken ct)
    {
        var write = new SimTradeWrite(coop, peerDid, Alive());
        var result = await body(write, ct);
        coop.MayDie();
        Alive();
        coop.Disk = write.Disk;
        coop.Watch(write);
        coop.MayDie();
        return result;
    }

    public Task<TradePair> PairAsync(string peerDid, CancellationToken ct) => Task.FromResult(Alive().PairOf(peerDid));

    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> MessagesAsync(
        string peerDid, bool isOwn, long after, int max, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>(
            [.. Alive().MessagesOf(peerDid, isOwn).Skip((int)after).Take(max).Select(m => m.Json)]);

    public Task<IReadOnlyList<Transfer>> OpenAsync(string peerDid, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Transfer>>([.. Alive().OpenWith(peerDid).OrderBy(t => t.Id)]);

    public Task<Netting?> NettingAsync(Guid id, CancellationToken ct) => Task.FromResult(Alive().NettingOf(id, coop.Did));

    public Task<IReadOnlyList<Netting>> OpenNettingsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<Netting>>(
        [.. Alive().Nettings.Keys.Order().Select(id => Alive().NettingOf(id, coop.Did)!).Where(n => !n.IsOver(coop.Did))]);

    private TradeDisk Alive() => coop.Life == life ? coop.Disk : throw new SimCrash();
}

/// <summary>One transaction.</summary>
internal sealed class SimTradeWrite(TradeCoop coop, string peer, TradeDisk disk) : ITradeWrite
{
    public TradeDisk Disk { get; private set; } = disk;

    public List<TradeChange> Changes { get; } = [];

    public DateTimeOffset Now => coop.World.Now;

    public Task<TradePair> PairAsync(CancellationToken ct) => Task.FromResult(Disk.PairOf(peer));

    public Task<Transfer?> FindAsync(Guid transfer, CancellationToken ct) => Task.FromResult(Disk.Transfers.GetValueOrDefault(transfer) is { } found && found.PeerDid == peer ? found : null);

    public Task<IReadOnlyList<Transfer>> OpenAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Transfer>>([.. Disk.OpenWith(peer)]);

    public Task<IReadOnlyList<TradePosition>> PositionsAsync(CancellationToken ct)
    {
        var positions = Disk.Positions.Where(p => p.Key.Peer == peer).Select(p => p.Value);
        return Task.FromResult<IReadOnlyList<TradePosition>>(
            [.. coop.World.Mutant == TradeMutant.ForgetsPromisesInLimits ? positions.Select(p => p with { PromisedMinor = 0, ReservedMinor = 0 }) : positions]);
    }

    public Task<TradeAllowance> AllowanceAsync(CancellationToken ct)
    {
        var limits = new Dictionary<string, long> { ["EUR"] = TradeWorld.LimitMinor };
        return Task.FromResult(new TradeAllowance(true, limits, limits));
    }

    public Task<string?> HashAsync(bool isOwn, long seq, CancellationToken ct) =>
        Task.FromResult(Disk.MessagesOf(peer, isOwn) is var all && seq >= 1 && seq <= all.Count ? all[(int)seq - 1].Hash : null);

    public Task<bool> CanCreditAsync(TradeOffer offer, CancellationToken ct) =>
        Task.FromResult(offer.Kind == TradeKind.Netting || (offer.Payee is { } payee && Disk.Accounts.ContainsKey(payee)));

    public Task SaveAsync(TradeChange change, CancellationToken ct)
    {
        Changes.Add(change);
        var key = (peer, change.IsOwn);
        var pair = Disk.PairOf(peer);
        Disk = Disk with
        {
            Messages = Disk.Messages.SetItem(
                key, Disk.MessagesOf(peer, change.IsOwn).Add(new(change.Head.Hash, change.Json, change.Message))),
            Pairs = Disk.Pairs.SetItem(peer, change.IsOwn ? pair with { Sent = change.Head } : pair with { Received = change.Head }),
        };
        if (change.After is { } transfer)
        {
            Disk = Disk with { Transfers = Disk.Transfers.SetItem(transfer.Id, transfer) };
            if (transfer.Offer is { } offer && change.Effect != TradeEffect.None)
            {
                Book(change, offer);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Netting?> NettingAsync(Guid id, CancellationToken ct) => Task.FromResult(Disk.NettingOf(id, coop.Did));

    public Task SaveNettingAsync(Netting netting, CancellationToken ct)
    {
        var kept = coop.World.Mutant == TradeMutant.LosesDecisions ? netting with { Decision = null } : netting;
        Disk = Disk with { Nettings = Disk.Nettings.SetItem(netting.Plan.Id, kept) };
        return Task.CompletedTask;
    }

    public Task<Guid> ClearingAsync(string unit, CancellationToken ct) => Task.FromResult(coop.Clearing);

    public Task AccuseAsync(string did, ReadOnlyMemory<byte> evidence, CancellationToken ct)
    {
        Disk = Disk with { Evidence = Disk.Evidence.Add(evidence) };
        return Task.CompletedTask;
    }

    public Task StateAsync(DateOnly day, CancellationToken ct)
    {
        Disk = Disk with { Pairs = Disk.Pairs.SetItem(peer, Disk.PairOf(peer) with { StatedDay = day }) };
        return Task.CompletedTask;
    }

    public Task FreezeAsync(string code, ReadOnlyMemory<byte> evidence, CancellationToken ct)
    {
        Disk = Disk with
        {
            Pairs = Disk.Pairs.SetItem(peer, Disk.PairOf(peer) with { Frozen = code }),
            Evidence = Disk.Evidence.Add(evidence),
        };
        return Task.CompletedTask;
    }

    private void Book(TradeChange change, TradeOffer offer)
    {
        var position = (peer, offer.Unit);
        Disk = Disk with
        {
            Positions = Disk.Positions.SetItem(
                position, (Disk.Positions.GetValueOrDefault(position) ?? TradePosition.None(offer.Unit)).After(change.Effect, offer.AmountMinor)),
        };
        if (coop.World.Mutant == TradeMutant.LosesAnEffect && coop.World.OneIn(40))
        {
            return;
        }

        switch (change.Effect)
        {
            case TradeEffect.Reserve:
                Move(offer.Payer, -offer.AmountMinor, change.IsRecovered || offer.Kind == TradeKind.Netting);
                Disk = Disk with { UnderWayMinor = Disk.UnderWayMinor + offer.AmountMinor };
                break;
            case TradeEffect.Release:
                Move(offer.Payer, offer.AmountMinor, true);
                Disk = Disk with { UnderWayMinor = Disk.UnderWayMinor - offer.AmountMinor };
                break;
            case TradeEffect.Pay:
                Disk = Disk with { UnderWayMinor = Disk.UnderWayMinor - offer.AmountMinor };
                break;
            case TradeEffect.Credit:
                Move(offer.Payee ?? coop.Clearing, offer.AmountMinor, true);
                break;
        }
    }

    private void Move(Guid account, long amountMinor, bool isForced)
    {
        var after = Disk.Accounts[account] + amountMinor;
        if (after < 0 && !isForced)
        {
            throw new TradeException(TradeCodes.Limit, "The account has not as much.");
        }

        Disk = Disk with { Accounts = Disk.Accounts.SetItem(account, after) };
    }
}
