using Coop.Ledger.Shares;
using Coop.Node.Database;
using Coop.Node.Http;

namespace Coop.Node.Features.Shares;

/// <summary>POST /api/shares/notices/{id}/withdrawal: takes a notice back before it is redeemed.</summary>
public static class WithdrawShareNotice
{
    public static void Map(IEndpointRouteBuilder shares) =>
        shares.MapPost("/notices/{id:guid}/withdrawal", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Take back a notice on shares");

    private static async Task<ShareNoticeView> HandleAsync(
        Guid id, CurrentMember me, Transactions transactions, CancellationToken ct) => await transactions.WriteAsync(
        async (scope, token) =>
        {
            var notice = await ShareAccess.RequireNoticeAsync(scope, me, id, token);
            ShareProblems.ThrowIfRefused(notice.State == ShareNotice.Open ? ShareRefusal.None : ShareRefusal.NoticeOver);
            var eventId = scope.Append(ShareEvents.NoticeEnded(me.Actor, id, ShareNotice.Withdrawn, null));
            await ShareNoticeTable.EndAsync(scope.Connection, id, ShareNotice.Withdrawn, null, eventId, scope.Now, token);
            return ShareNoticeView.Of(notice with { State = ShareNotice.Withdrawn });
        },
        ct);
}
