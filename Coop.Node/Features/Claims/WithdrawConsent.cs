using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>DELETE /api/me/consents/{id}: withdraws a consent, and what was said with it.</summary>
public static class WithdrawConsent
{
    /// <param name="EventId">The event <c>consent.withdrawn</c>.</param>
    public sealed record Response(Guid EventId);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/me/consents/{id:guid}", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Withdraw a consent, and every claim that was made with it");

    private static async Task<Response> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, OutboxSignal signal, CancellationToken ct)
    {
        var response = await transactions.WriteAsync((scope, c) => WithdrawAsync(scope, me, id, c), ct);
        signal.Wake();
        return response;
    }

    private static async Task<Response> WithdrawAsync(WriteScope scope, CurrentMember me, Guid id, CancellationToken ct)
    {
        var consent = await ConsentStore.FindAsync(scope.Connection, id, ct);
        if (consent is null || consent.MemberId != me.Id
            || !await ConsentStore.WithdrawAsync(scope.Transaction, id, scope.Now, scope.FirstEventId, ct))
        {
            throw ProblemTypes.NotFound.With("There is no such consent of yours that stands.");
        }

        var eventId = scope.Append(ClaimEvents.ConsentWithdrawn(consent, me.Actor));
        await ClaimWithdrawing.ConsentWithdrawnAsync(scope, consent, me.Actor, ct);
        return new(eventId);
    }
}
