using System.Text;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Ledger.Units;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;

namespace Coop.Node.Features.Trade;

/// <summary>One write of the node as a transaction on the trade with one peer.</summary>
internal sealed class TradeWrite : ITradeWrite
{
    private readonly WriteScope _scope;
    private readonly string _peerDid;
    private readonly Peering? _peering;
    private readonly string _actor;
    private readonly string _did;
    private TradePair _pair;

    private TradeWrite(WriteScope scope, string peerDid, Peering? peering, string actor, string did, TradePair pair) =>
        (_scope, _peerDid, _peering, _actor, _did, _pair) = (scope, peerDid, peering, actor, did, pair);

    public DateTimeOffset Now => _scope.Now;

    /// <summary>Locks the trade with a peer.</summary>
    /// <param name="scope">The write.</param>
    /// <param name="peerDid">With whom.</param>
    /// <param name="peering">The peering with them; null where there is none any more.</param>
    /// <param name="actor">Who acts, as the log calls them.</param>
    /// <param name="did">This node.</param>
    /// <param name="ct">Ends the attempt.</param>
    public static async Task<TradeWrite> OpenAsync(
        WriteScope scope, string peerDid, Peering? peering, string actor, string did, CancellationToken ct) =>
        new(scope, peerDid, peering, actor, did, await TradeTable.LockAsync(scope.Connection, peerDid, ct));

    public Task<TradePair> PairAsync(CancellationToken ct) => Task.FromResult(_pair);

    public Task<Transfer?> FindAsync(Guid transfer, CancellationToken ct) =>
        TransferTable.FindAsync(_scope.Connection, _peerDid, transfer, ct);

    public async Task<IReadOnlyList<Transfer>> OpenAsync(CancellationToken ct) =>
        await TransferTable.ListOpenAsync(_scope.Connection, _peerDid, ct);

    public async Task<IReadOnlyList<TradePosition>> PositionsAsync(CancellationToken ct) =>
        (await PositionTable.ListAsync(_scope.Connection, _peerDid, ct)).ConvertAll(p => p.Position);

    public Task<TradeAllowance> AllowanceAsync(CancellationToken ct) => Task.FromResult(new TradeAllowance(
        _peering is not null && _peering.Grants(PeeringScope.Trade) && _peering.IsGranted(PeeringScope.Trade),
        Limits(_peering?.Ours), Limits(_peering?.Theirs)));

    public Task<string?> HashAsync(bool isOwn, long seq, CancellationToken ct) =>
        TradeTable.HashAsync(_scope.Connection, _peerDid, isOwn, seq, ct);

    public async Task<bool> CanCreditAsync(TradeOffer offer, CancellationToken ct)
    {
        if (offer.Payee is not { } payee)
        {
            return UnitCode.TryParse(offer.Unit, out var unit) && await UnitStore.FindAsync(_scope.Transaction, unit, ct) is not null;
        }

        var account = await AccountViewStore.FindAsync(_scope.Connection, payee, ct);
        return account is { Type: Coop.Ledger.Accounts.AccountType.Liability, IsClosed: false, IsPlaceholder: false } && account.Owner is not null && account.Unit == offer.Unit;
    }

    public async Task SaveAsync(TradeChange change, CancellationToken ct)
    {
        Guid? journal = null;
        if (change.After is { Offer: { } offer } transfer)
        {
            journal = change.Effect == TradeEffect.None ? null : await BookAsync(change, offer, ct);
            await TransferTable.SaveAsync(_scope, transfer, ct);
        }
        else if (change.After is { } tombstone)
        {
            await TransferTable.SaveAsync(_scope, tombstone, ct);
        }

        var actor = change is { IsOwn: true, IsRecovered: false } ? _actor : TradeEvents.NodeActor;
        var eventId = _scope.Append(TradeEvents.Message(change, _peerDid, journal, LimitOf(change), actor));
        await TradeTable.AddAsync(_scope, _peerDid, change, Encoding.UTF8.GetString(change.Json.Span), eventId, ct);
        await TradeTable.MoveAsync(_scope.Connection, _peerDid, change.IsOwn, change.Head, ct);
        _pair = change.IsOwn ? _pair with { Sent = change.Head } : _pair with { Received = change.Head };
        if (change.After?.Offer?.NettingId is { } netting)
        {
            await NettingTable.NoteAsync(_scope, _did, netting, ct);
        }
    }

    public async Task<Netting?> NettingAsync(Guid id, CancellationToken ct) =>
        (await NettingTable.FindAsync(_scope.Connection, _did, id, ct))?.Netting;

    public Task SaveNettingAsync(Netting netting, CancellationToken ct) => NettingTable.SaveAsync(
        _scope, _did, netting, _scope.Append(TradeEvents.Netting(netting, _actor)), ct);

    public async Task<Guid> ClearingAsync(string unit, CancellationToken ct) =>
        await TradeBooks.ClearingAsync(_scope, unit, ct);

    public async Task AccuseAsync(string did, ReadOnlyMemory<byte> evidence, CancellationToken ct)
    {
        var eventId = _scope.Append(TradeEvents.Accused(did));
        await TradeTable.AddEvidenceAsync(_scope, _peerDid, TradeCodes.Fork, Encoding.UTF8.GetString(evidence.Span), eventId, ct);
    }

    public Task StateAsync(DateOnly day, CancellationToken ct)
    {
        _pair = _pair with { StatedDay = day };
        return TradeTable.StateAsync(_scope.Connection, _peerDid, day, ct);
    }

    public async Task FreezeAsync(string code, ReadOnlyMemory<byte> evidence, CancellationToken ct)
    {
        if (_pair.Frozen is not null)
        {
            // One proof is enough: a peer that goes on must not fill the database.
            return;
        }

        var eventId = _scope.Append(TradeEvents.Frozen(_peerDid, code));
        var json = evidence.IsEmpty ? null : Encoding.UTF8.GetString(evidence.Span);
        await TradeTable.AddEvidenceAsync(_scope, _peerDid, code, json, eventId, ct);
        await TradeTable.FreezeAsync(_scope.Connection, _peerDid, code, ct);
        _pair = _pair with { Frozen = code };
    }

    private async Task<Guid?> BookAsync(TradeChange change, TradeOffer offer, CancellationToken ct)
    {
        var row = (await PositionTable.ListAsync(_scope.Connection, _peerDid, ct)).Find(p => p.Position.Unit == offer.Unit)
            ?? await TradeBooks.OpenAsync(_scope, _peerDid, _peering?.Peer.Name ?? _peerDid, offer.Unit, ct);
        var journal = await TradeBooks.PostAsync(_scope, change, offer, row, ct);
        await PositionTable.SaveAsync(_scope, _peerDid, row.Position.After(change.Effect, offer.AmountMinor), ct);
        return journal;
    }

    // What the promise was held to, for auditors; a limit that is not in the terms is one of nothing.
    private long? LimitOf(TradeChange change) => change is { IsOwn: true, IsRecovered: false, Message.Step: TradeStep.Accept, After.Offer.Unit: { } unit }
        ? Limits(_peering?.Ours).GetValueOrDefault(unit)
        : null;

    private static Dictionary<string, long> Limits(PeeringGrant? grant) =>
        grant?.Trade.ToDictionary(t => t.Unit, t => t.MaxCreditMinor, StringComparer.Ordinal) ?? [];
}
