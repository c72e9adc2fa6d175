using Coop.Identity.Dids.Dns;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Peers;

/// <summary>Shows who is at an address or behind a DID, before anything is signed.</summary>
public static class PreviewPeer
{
    public const int MaxPeerLength = 500;

    /// <param name="Peer">The address of a node, or its did:webvh.</param>
    public sealed record Request(string Peer);

    /// <param name="Peer">Who it says it is; address, DID and description name each other.</param>
    /// <param name="Fingerprint">To be compared with the other co-op over another way; the same on both sides.</param>
    /// <param name="Dns">What the DID's domain says in DNS; null where it was not asked or did not answer.</param>
    /// <param name="DidVersion">The last entry of the DID's history.</param>
    /// <param name="PeeringId">The peering that there is with it already.</param>
    /// <param name="IsBlocked">Whether this co-op takes no proposals from it.</param>
    public sealed record Response(
        PeerWho Peer, string Fingerprint, DnsAssurance? Dns, string DidVersion, Guid? PeeringId, bool IsBlocked);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/peers/preview", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Show who is at an address or behind a DID");

    private static async Task<Response> HandleAsync(Request request, PeerIntroduction introduction, CancellationToken ct) =>
        Of(await introduction.PreviewAsync(Fields.Text(request.Peer, "peer", 1, MaxPeerLength), ct));

    internal static Response Of(PeerPreview preview) => new(
        PeerWho.Of(preview.Who), preview.Fingerprint, preview.Dns, preview.DidVersion, preview.PeeringId, preview.IsBlocked);
}
