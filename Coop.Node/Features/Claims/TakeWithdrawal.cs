using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>
/// POST /federation/claims/{id}/withdrawal: deletes a claim's content, and confirms. A claim that has not come yet
/// is marked, so that it is not taken when it comes late.
/// </summary>
internal static class TakeWithdrawal
{
    public const string Withdrawn = "withdrawn";

    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapPost("/claims/{id:guid}/withdrawal", HandleAsync)
            .RequirePeer()
            .WithName("TakeWithdrawal")
            .WithSummary("Delete a claim that its sender withdraws, and answer a signed confirmation")
            .Produces<JsonObject>();

    private static async Task<IResult> HandleAsync(
        Guid id, HttpContext http, Transactions transactions, ReceivingDesk desk, CancellationToken ct)
    {
        var peer = http.Peer();
        var json = await StatementBody.ReadAsync(http.Request, ct);
        var notice = StatementBody.Checked(() => Notice.Read(json, NoticeType.ClaimWithdrawal));
        StatementBody.Checked(() =>
        {
            notice.Require(peer.Peer.Did, desk.Did, id, notice.Hash.Span);
            return true;
        });
        await desk.VerifyAsync(json, peer, ct);
        var answer = await transactions.WriteAsync((scope, c) => EndAsync(scope, desk, peer, notice, c), ct);
        return StatementAnswers.Json(answer);
    }

    private static async Task<JsonObject> EndAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, Notice notice, CancellationToken ct)
    {
        var known = await ReceivedClaimStore.FindAsync(scope.Connection, peer.Peer.Did, notice.Id, ct);
        if (known is not null && !known.Hash.AsSpan().SequenceEqual(notice.Hash.Span))
        {
            throw StatementBody.Refusal(new StatementException(
                StatementCodes.Changed, "Another claim under this id was received before."));
        }

        return known switch
        {
            null => await MarkAsync(scope, desk, peer, notice, ct),
            { WithdrawalReceipt: { } answered } => answered,
            { EndedAt: null } => await DeleteAsync(scope, desk, peer, known, ct),
            _ => await ConfirmAsync(scope, desk, peer, known, ct),
        };
    }

    private static async Task<JsonObject> DeleteAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, ReceivedClaim known, CancellationToken ct)
    {
        var answer = Answer(scope, desk, peer, known.ClaimId, known.Hash, scope.FirstEventId);
        await ReceivedClaimStore.EndAsync(
            scope.Transaction, known.Id, scope.Now, scope.FirstEventId, Withdrawn, answer, ct);
        Append(scope, peer, known.ClaimId, known.Kind, known.Hash);
        return answer;
    }

    /// <summary>It was deleted before, since its time was over.</summary>
    private static async Task<JsonObject> ConfirmAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, ReceivedClaim known, CancellationToken ct)
    {
        var answer = Answer(scope, desk, peer, known.ClaimId, known.Hash, scope.FirstEventId);
        await ReceivedClaimStore.KeepAnswerAsync(scope.Transaction, known.Id, answer, ct);
        Append(scope, peer, known.ClaimId, known.Kind, known.Hash);
        return answer;
    }

    private static async Task<JsonObject> MarkAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, Notice notice, CancellationToken ct)
    {
        await ReceivedClaimQuota.RequireAsync(scope, peer.Peer.Did, ct);
        var hash = notice.Hash.ToArray();
        var answer = Answer(scope, desk, peer, notice.Id, hash, scope.FirstEventId);
        var mark = new ReceivedClaim(
            scope.NewId(), peer.Peer.Did, peer.Peer.Name, notice.Id, Kind: null, hash, Body: null, Purpose: null,
            RetainUntil: null, ShowToMembers: false, scope.Now, ReceivedEvent: null, Receipt: null, scope.Now, Withdrawn, answer);
        await ReceivedClaimStore.InsertAsync(scope.Transaction, mark, ct);
        Append(scope, peer, notice.Id, kind: null, hash);
        return answer;
    }

    private static JsonObject Answer(
        WriteScope scope, ReceivingDesk desk, Peering peer, Guid claimId, byte[] hash, Guid eventId) =>
        desk.Sign(new Notice(
            NoticeType.ClaimWithdrawalReceipt, claimId, hash, desk.Did, peer.Peer.Did, scope.Now, eventId));

    private static void Append(WriteScope scope, Peering peer, Guid claimId, string? kind, byte[] hash) =>
        scope.Append(
            ClaimEvents.Claim(
                EventTypes.ClaimWithdrawn, claimId, kind, hash, peer.Peer.Did, ClaimEvents.NodeActor, Withdrawn),
            scope.FirstEventId);
}
