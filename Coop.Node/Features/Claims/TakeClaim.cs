using System.Text.Json.Nodes;
using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Http;
using Coop.Node.Log;

namespace Coop.Node.Features.Claims;

/// <summary>
/// POST /federation/claims: takes a claim of a peer. The same claim again is answered with the same receipt, and
/// leaves one row and one event however often it comes.
/// </summary>
internal static class TakeClaim
{
    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapPost("/claims", HandleAsync)
            .RequirePeer(PeeringScope.Claims)
            .WithName("TakeClaim")
            .WithSummary("Take a signed claim of a peer, and answer a signed receipt")
            .Produces<JsonObject>();

    private static async Task<IResult> HandleAsync(
        HttpContext http, Transactions transactions, ReceivingDesk desk, TimeProvider time, CancellationToken ct)
    {
        var peer = http.Peer();
        var json = await StatementBody.ReadAsync(http.Request, ct);
        var claim = StatementBody.Checked(() => Read(json, peer, desk, time.GetUtcNow()));
        var hash = Statement.Hash(json);
        var known = await transactions.ReadAsync(
            (c, t) => ReceivedClaimStore.FindAsync(c, peer.Peer.Did, claim.Id, t), ct);
        if (known is null)
        {
            await desk.VerifyAsync(json, claim, peer, ct);
        }

        var receipt = await transactions.WriteAsync(
            (scope, c) => StoreAsync(scope, desk, peer, claim, json, hash, c), ct);
        return StatementAnswers.Json(receipt);
    }

    private static ClaimEnvelope Read(JsonObject json, Peering peer, ReceivingDesk desk, DateTimeOffset now)
    {
        var claim = ClaimEnvelope.Read(json);
        ClaimRule.Require(claim, peer.Peer.Did, desk.Did, now);
        return claim;
    }

    private static async Task<JsonObject> StoreAsync(
        WriteScope scope, ReceivingDesk desk, Peering peer, ClaimEnvelope claim, JsonObject json, byte[] hash,
        CancellationToken ct)
    {
        if (await ReceivedClaimStore.FindAsync(scope.Connection, peer.Peer.Did, claim.Id, ct) is { } known)
        {
            return ReceiptOf(known, hash);
        }

        await ReceivedClaimQuota.RequireAsync(scope, peer.Peer.Did, ct);
        var receipt = desk.Sign(new Notice(
            NoticeType.ClaimReceipt, claim.Id, hash, desk.Did, peer.Peer.Did, scope.Now, scope.FirstEventId));
        var row = new ReceivedClaim(
            scope.NewId(), peer.Peer.Did, peer.Peer.Name, claim.Id, ClaimKinds.NameOf(claim.Kind), hash, json,
            claim.Terms.Purpose, claim.Terms.RetainUntil, claim.Terms.ShowToMembers, scope.Now, scope.FirstEventId, receipt);
        if (!await ReceivedClaimStore.InsertAsync(scope.Transaction, row, ct))
        {
            throw new InvalidOperationException("A SERIALIZABLE transaction saw no row and could not insert it.");
        }

        scope.Append(
            ClaimEvents.Claim(
                EventTypes.ClaimReceived, claim.Id, row.Kind, hash, peer.Peer.Did, ClaimEvents.NodeActor),
            scope.FirstEventId);
        return receipt;
    }

    private static JsonObject ReceiptOf(ReceivedClaim known, byte[] hash) =>
        !known.Hash.AsSpan().SequenceEqual(hash)
            ? throw StatementBody.Refusal(new StatementException(
                StatementCodes.Changed, "Another claim under this id was received before."))
        : known is { EndedAt: null, Receipt: { } receipt } ? receipt
        : throw ProblemTypes.ClaimOver.With("It was withdrawn, or its time is over, and is not kept any more.");
}
