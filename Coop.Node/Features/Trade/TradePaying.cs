using Coop.Node.Identity;
using System.Security.Cryptography;
using System.Text;
using Coop.Federation.Peering;
using Coop.Federation.Trade;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;
using Coop.Node.Idempotency;

namespace Coop.Node.Features.Trade;

/// <summary>Begins transfers for people: the amount is reserved and the signed offer is stored in their request's write.</summary>
internal sealed class TradePaying(
    Transactions transactions, Peerings peerings, TradeStore store, TradeEngine engine, TradeDesk desk, TradeSignal signal, NodeIdentity identity)
{
    /// <summary>The longest time for which an offer may stand, and the time where nobody says otherwise.</summary>
    public const int MaxValidForSeconds = 30 * 24 * 3600;
    public const int DefaultValidForSeconds = 300;

    /// <summary>Begins a transfer once for a request.</summary>
    /// <param name="once">The request.</param>
    /// <param name="me">Who asks.</param>
    /// <param name="peering">With whom.</param>
    /// <param name="validForSeconds">How long this side may commit.</param>
    /// <param name="offer">Makes the offer inside the write, given until when and for which request; may refuse.</param>
    /// <param name="ct">Ends the waiting.</param>
    public async Task<IResult> BeginAsync(
        IdempotentRequest once, CurrentMember me, Peering peering, long validForSeconds,
        Func<WriteScope, DateTimeOffset, string, CancellationToken, Task<TradeOffer>> offer, CancellationToken ct)
    {
        var validFor = Fields.Range(validForSeconds, "validForSeconds", 1, MaxValidForSeconds);
        var request = RequestOf(once);
        return await WriteOnceAsync(
            once, me, peering,
            async (scope, d, write, c) =>
            {
                // A database that was put back may know the request from the peer, though the answer is gone.
                var row = await TransferTable.FindByRequestAsync(scope.Connection, request, c);
                if (row is null)
                {
                    var until = DateTimeOffset.FromUnixTimeSeconds(scope.Now.ToUnixTimeSeconds() + validFor);
                    var transfer = await d.PrepareAsync(write, scope.NewId(), await offer(scope, until, request, c), c);
                    row = new(transfer, scope.Now, scope.Now);
                }

                return IdempotentAnswer.Created($"/api/trade/transfers/{row.Transfer.Id:D}", TransferView.Of(row));
            },
            ct);
    }

    /// <summary>Signs something on the trade with a peer once for a request.</summary>
    public async Task<IResult> WriteOnceAsync(
        IdempotentRequest once, CurrentMember me, Peering peering,
        Func<WriteScope, TradeDesk, ITradeWrite, CancellationToken, Task<IdempotentAnswer>> sign, CancellationToken ct)
    {
        var did = peering.Peer.Did;
        var result = await TradeProblems.CheckedAsync(() => store.InLineAsync(
            did,
            () => transactions.WriteOnceAsync(
                once,
                async (scope, c) =>
                {
                    var write = await TradeWrite.OpenAsync(scope, did, peering, me.Actor, identity.Did, c);
                    await engine.RequireReadyAsync(write, did, c);
                    return await sign(scope, desk, write, c);
                },
                ct),
            ct));
        signal.Wake();
        return result;
    }

    /// <summary>Signs something on the trade with a peer as a member's act.</summary>
    /// <exception cref="TradeException">The rules refuse it, or this node does not know yet what it has signed.</exception>
    public async Task<T> SignAsync<T>(
        string did, CurrentMember me, Func<TradeDesk, ITradeWrite, CancellationToken, Task<T>> sign, CancellationToken ct)
    {
        var result = await store.WriteAsync(
            did, me.Actor,
            async (write, c) =>
            {
                await engine.RequireReadyAsync(write, did, c);
                return await sign(desk, write, c);
            },
            ct);
        signal.Wake();
        return result;
    }

    /// <summary>The peering with a co-op that grants trade, in which this one does, too.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public async Task<Peering> RequireAsync(string? did, CancellationToken ct)
    {
        const int maxDidLength = 500;
        var peering = await peerings.FindAsync(Fields.Text(did, "peer", 1, maxDidLength), ct);
        return peering is not null && peering.IsGranted(PeeringScope.Trade) && peering.Grants(PeeringScope.Trade)
            ? peering
            : throw ProblemTypes.NoPeering.With("Both co-ops must grant trade in an active peering.");
    }

    private static string RequestOf(IdempotentRequest once) => Convert.ToBase64String(
        SHA256.HashData(Encoding.UTF8.GetBytes($"coop-trade-request/v1\n{once.MemberId:D}\n{once.Key}")));
}
