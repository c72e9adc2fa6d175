using Coop.Node.Federation;
using Coop.Node.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Coop.Node.Features.Peers;

/// <summary>Signs terms and puts them to another co-op: first ones, or others for those in force.</summary>
public static class ProposePeering
{
    private const int MaxFingerprintLength = 100;

    /// <param name="Peer">The address of a node, or its did:webvh.</param>
    /// <param name="Ours">What this co-op would let the other do.</param>
    /// <param name="Theirs">What it asks for.</param>
    /// <param name="Fingerprint">What people compared; the proposal is refused where it is another.</param>
    public sealed record Request(string Peer, GrantBody Ours, GrantBody Theirs, string? Fingerprint = null);

    /// <param name="Ours">What this co-op would let the peer do.</param>
    /// <param name="Theirs">What it asks for.</param>
    public sealed record ChangeRequest(GrantBody Ours, GrantBody Theirs);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/peers", HandleAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Propose a peering to another co-op");
        api.MapPost("/peers/{id:guid}/terms", ChangeAsync)
            .RequireRole(Roles.Admin)
            .WithSummary("Propose other terms to a peer");
    }

    private static async Task<Created<PeeringView>> HandleAsync(
        Request request, CurrentMember me, PeeringDesk desk, CancellationToken ct)
    {
        var peer = Fields.Text(request.Peer, "peer", 1, PreviewPeer.MaxPeerLength);
        var fingerprint = Fields.OptionalText(request.Fingerprint, "fingerprint", MaxFingerprintLength);
        var record = await desk.ProposeAsync(
            peer, request.Ours.Read("ours"), request.Theirs.Read("theirs"), fingerprint, me.Actor, ct);
        return TypedResults.Created($"/api/peers/{record.Id:D}", PeeringView.Of(record));
    }

    private static async Task<PeeringView> ChangeAsync(
        Guid id, ChangeRequest request, CurrentMember me, PeeringDesk desk, CancellationToken ct) =>
        PeeringView.Of(await desk.RenegotiateAsync(id, request.Ours.Read("ours"), request.Theirs.Read("theirs"), me.Actor, ct));
}
