using Coop.Federation.Trade;
using Coop.Ledger;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/settlements: confirms that a peer has paid what it owed in another way.</summary>
public static class SettleWithPeer
{
    /// <param name="Peer">The DID of the other co-op.</param>
    /// <param name="AccountId">The account where the money came in, e.g. the bank.</param>
    /// <param name="AmountMinor">In minor units of the account's unit; at most what the peer owes.</param>
    /// <param name="Memo">0 to 500 characters; the other co-op sees it.</param>
    public sealed record Request(string Peer, Guid AccountId, long AmountMinor, string Memo = "");

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/settlements", HandleAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Confirm that another co-op has paid what it owed")
            .RequireIdempotencyKey()
            .Produces<TransferView>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Request request, HttpContext http, CurrentMember me, [FromServices] TradePaying paying, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var memo = Fields.Multiline(request.Memo, "memo", 0, LedgerLimits.MaxMemoLength).Replace("\t", " ", StringComparison.Ordinal);
        var amount = Fields.Range(request.AmountMinor, "amountMinor", 1, long.MaxValue);
        var peering = await paying.RequireAsync(request.Peer, ct);
        return await paying.BeginAsync(
            once, me, peering, TradePaying.MaxValidForSeconds,
            async (scope, until, requestHash, c) =>
            {
                var account = await AccountViewStore.FindAsync(scope.Connection, request.AccountId, c)
                    ?? throw ProblemTypes.UnknownAccount.With($"There is no account {request.AccountId}.");
                var owed = (await PositionTable.ListAsync(scope.Connection, peering.Peer.Did, c))
                    .Find(p => p.Position.Unit == account.Unit)?.Position;
                return owed is not null && amount <= owed.MirrorMinor - owed.ReservedMinor
                    ? new TradeOffer(TradeKind.Settlement, account.Unit, amount, request.AccountId, null, memo, until, requestHash)
                    : throw ProblemTypes.TradeLimit.With("The other co-op does not owe as much.");
            },
            ct);
    }
}
