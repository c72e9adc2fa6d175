using Coop.Ledger;
using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Features.Ledger;
using Coop.Node.Http;
using Coop.Node.Idempotency;
using Microsoft.AspNetCore.Mvc;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/requests/{id}/…: the member takes it back, or whoever keeps the books accepts or declines.</summary>
public static class AnswerShareRequest
{
    /// <param name="EffectiveDate">The day that the subscription counts for.</param>
    public sealed record Acceptance(DateOnly EffectiveDate);

    /// <param name="Reason">Why, for the member: 1 to 500 characters.</param>
    public sealed record Refusal(string Reason);

    public static void Map(IEndpointRouteBuilder shares)
    {
        shares.MapPost("/requests/{id:guid}/acceptance", AcceptAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Accept that a member takes shares")
            .RequireIdempotencyKey()
            .Produces<ShareAnswer>(StatusCodes.Status201Created);
        shares.MapPost("/requests/{id:guid}/refusal", DeclineAsync)
            .RequireRole(Roles.Admin, Roles.Treasurer)
            .WithSummary("Decline that a member takes shares");
        shares.MapPost("/requests/{id:guid}/withdrawal", WithdrawAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Take back that you asked for shares");
    }

    private static async Task<IResult> AcceptAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        Acceptance request, HttpContext http, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var once = IdempotentRequest.From(http, me, idempotencyKey, request);
        var date = LedgerFields.EffectiveDate(request.EffectiveDate);
        return await transactions.WriteOnceAsync(
            once,
            async (scope, token) =>
            {
                var asked = await RequireOpenAsync(scope, id, token);
                var (journal, answer) = await new ShareDesk(scope, me).SubscribeAsync(
                    asked.Unit, asked.MemberId, asked.Shares, date, ShareDesk.Subscribed, token);
                var ended = asked with { State = ShareRequest.Accepted, JournalId = journal.Head.Id.Value };
                await EndAsync(scope, me, ended, token);
                return answer;
            },
            ct);
    }

    private static async Task<ShareRequestView> DeclineAsync(
        Guid id, Refusal request, CurrentMember me, Transactions transactions, CancellationToken ct)
    {
        var reason = Fields.Multiline(request.Reason, "reason", 1, LedgerLimits.MaxMemoLength);
        return await transactions.WriteAsync(
            async (scope, token) =>
            {
                var asked = await RequireOpenAsync(scope, id, token);
                return await EndAsync(scope, me, asked with { State = ShareRequest.Declined, Reason = reason }, token);
            },
            ct);
    }

    private static Task<ShareRequestView> WithdrawAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) => transactions.WriteAsync(
        async (scope, token) =>
        {
            var asked = await RequireOpenAsync(scope, id, token, of: me.Id);
            return await EndAsync(scope, me, asked with { State = ShareRequest.Withdrawn }, token);
        },
        ct);

    private static async Task<ShareRequest> RequireOpenAsync(
        WriteScope scope, Guid id, CancellationToken ct, Guid? of = null)
    {
        var asked = await ShareRequestTable.FindAsync(scope.Connection, id, ct);
        if (asked is null || (of is not null && asked.MemberId != of))
        {
            throw ProblemTypes.NotFound.With("Nobody asked for these shares.");
        }

        ShareProblems.ThrowIfRefused(asked.State == ShareRequest.Open ? ShareRefusal.None : ShareRefusal.RequestOver);
        return asked;
    }

    private static async Task<ShareRequestView> EndAsync(
        WriteScope scope, CurrentMember me, ShareRequest ended, CancellationToken ct)
    {
        var eventId = scope.Append(ShareEvents.RequestEnded(me.Actor, ended));
        await ShareRequestTable.EndAsync(scope.Connection, ended, eventId, scope.Now, ct);
        return ShareRequestView.Of(ended);
    }
}
