using System.Text.Json.Nodes;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Features.Outbox;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>GET /federation/claims/{id}/receipt: what was answered to a claim of the peer that asks.</summary>
internal static class GiveReceipt
{
    public static void Map(IEndpointRouteBuilder federation) =>
        federation.MapGet("/claims/{id:guid}/receipt", HandleAsync)
            .RequirePeer(PeeringScope.Claims)
            .WithName("GiveReceipt")
            .WithSummary("Answer the receipt of a claim that the peer has sent")
            .Produces<JsonObject>();

    private static async Task<IResult> HandleAsync(
        Guid id, HttpContext http, Transactions transactions, CancellationToken ct)
    {
        var did = http.Peer().Peer.Did;
        var claim = await transactions.ReadAsync((c, t) => ReceivedClaimStore.FindAsync(c, did, id, t), ct);
        return claim?.Receipt is { } receipt
            ? StatementAnswers.Json(receipt)
            : throw ProblemTypes.NotFound.With("No claim of yours under this id was received.");
    }
}
