using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Claims;
using Coop.Node.Features.Commons;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;

namespace Coop.Node.Features.Erasure;

/// <summary>
/// POST /federation/erasures: deletes this node's copy of a peer's payload, and confirms. Told again it answers the
/// same confirmation; told of what it never fetched it says so and keeps nothing.
/// </summary>
internal static class TakeErasure
{
    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapPost("/erasures", HandleAsync)
            .RequirePeer()
            .WithName("TakeErasure")
            .WithSummary("Delete the copy of a payload that its co-op has erased, and answer a signed confirmation")
            .Produces<JsonObject>();

    private static async Task<IResult> HandleAsync(
        HttpContext http, Transactions transactions, ReceivingDesk desk, CancellationToken ct)
    {
        var peer = http.Peer();
        var json = await StatementBody.ReadAsync(http.Request, ct);
        var notice = StatementBody.Checked(() => Read(json, peer, desk));
        await desk.VerifyAsync(json, peer, ct);
        var answer = await transactions.WriteAsync((scope, c) => EraseAsync(scope, desk, peer, notice, c), ct);
        return StatementAnswers.Json(answer);
    }

    private static Notice Read(JsonObject json, Peering peer, ReceivingDesk desk)
    {
        var notice = Notice.Read(json, NoticeType.Erasure);
        notice.RequireParties(peer.Peer.Did, desk.Did);
        return notice;
    }

    private static async Task<JsonObject> EraseAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, Notice notice, CancellationToken ct)
    {
        var copy = await CommonsCopyStore.FindAsync(scope.Connection, peer.Peer.Did, notice.Id, ct);
        if (copy is null || !copy.Hash.AsSpan().SequenceEqual(notice.Hash.Span))
        {
            return Answer(scope, desk, peer, notice, eventId: null);
        }

        if (copy.Confirmation is { } answered)
        {
            return answered;
        }

        var answer = Answer(scope, desk, peer, notice, scope.FirstEventId);
        await CommonsCopyStore.EraseAsync(scope.Transaction, copy.Id, scope.Now, scope.FirstEventId, answer, ct);
        scope.Append(
            ErasureEvents.Confirmed(notice.Id, copy.Hash, peer.Peer.Did, notice.Event), scope.FirstEventId);
        return answer;
    }

    private static JsonObject Answer(WriteScope scope, ReceivingDesk desk, Peering peer, Notice notice, Guid? eventId) =>
        desk.Sign(new Notice(
            NoticeType.ErasureConfirmation, notice.Id, notice.Hash, desk.Did, peer.Peer.Did, scope.Now, eventId));
}
