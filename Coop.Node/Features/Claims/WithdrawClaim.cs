using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>DELETE /api/claims/{id}: withdraws a claim.</summary>
public static class WithdrawClaim
{
    /// <param name="EventId">The event <c>claim.withdrawn</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/claims/{id:guid}", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Withdraw a claim: its credential is revoked, and the other side deletes it");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, OutboxSignal signal, CancellationToken ct)
    {
        var eventId = await transactions.WriteAsync(
            async (scope, c) =>
            {
                var claim = await SentClaimStore.FindAsync(scope.Connection, id, c)
                    ?? throw ProblemTypes.NotFound.With("There is no such claim.");
                return await ClaimWithdrawing.WithdrawAsync(scope, claim, me.Actor, c);
            },
            ct);
        signal.Wake();
        return new(eventId);
    }
}
