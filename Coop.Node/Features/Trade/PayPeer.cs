using Coop.Federation.Trade;
using Coop.Ledger;
using Coop.Ledger.Accounts;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Trade;

/// <summary>POST /api/trade/transfers: a member pays a member of another co-op.</summary>
public static class PayPeer
{
    /// <param name="Peer">The DID of the other co-op.</param>
    /// <param name="FromAccountId">An account of the payer's own.</param>
    /// <param name="ToAccountId">The account at the other co-op.</param>
    /// <param name="AmountMinor">In minor units of the account's unit, 1 to 2^63 - 1.</param>
    /// <param name="Memo">0 to 500 characters; the other co-op sees it.</param>
    /// <param name="ValidForSeconds">How long this co-op may take to commit, 1 to 2592000.</param>
    public sealed record Request(
        string Peer, Guid FromAccountId, Guid ToAccountId, long AmountMinor, string Memo = "",
        int ValidForSeconds = TradePaying.DefaultValidForSeconds);

    public static void Map(IEndpointRouteBuilder trade) =>
        trade.MapPost("/transfers", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Pay a member of another co-op")
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
            once, me, peering, request.ValidForSeconds,
            async (scope, until, requestHash, c) =>
            {
                var account = await AccountViewStore.FindAsync(scope.Connection, request.FromAccountId, c)
                    ?? throw ProblemTypes.UnknownAccount.With($"There is no account {request.FromAccountId}.");
                return account.Type == AccountType.Liability && account.Owner?.Id == me.Id
                    ? new TradeOffer(
                        TradeKind.Payment, account.Unit, amount, request.FromAccountId, request.ToAccountId, memo, until, requestHash)
                    : throw ProblemTypes.NotAPayment.With("Pay from a liability account of your own.");
            },
            ct);
    }
}
