using Coop.Federation.Claims;
using Coop.Federation.Peering;
using Coop.Node.Database;
using Coop.Node.Federation;
using Coop.Node.Http;

namespace Coop.Node.Features.Claims;

/// <summary>POST /api/me/consents: a member lets the co-op tell another one something about them.</summary>
public static class GiveConsent
{
    /// <param name="Peer">The DID of the other co-op.</param>
    /// <param name="Kind"><c>membership</c>, <c>standing</c> or <c>skill</c>.</param>
    public sealed record Request(string Peer, ClaimKind Kind);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/consents", HandleAsync)
            .RequireRole(Roles.Member)
            .WithSummary("Consent to another co-op being told something about the signed-in member");

    private static async Task<ConsentView> HandleAsync(
        Request request, CurrentMember me, Transactions transactions, Peerings peerings, CancellationToken ct)
    {
        if (!ClaimKinds.IsAboutMember(request.Kind))
        {
            throw Fields.Invalid("kind", "is about the co-op and needs nobody's consent.");
        }

        var peer = await ClaimPeers.RequireAsync(peerings, request.Peer, "peer", PeeringScope.Claims, ct);
        return await transactions.WriteAsync((scope, c) => GiveAsync(scope, me, peer, request.Kind, c), ct);
    }

    // Giving it twice is giving it once.
    private static async Task<ConsentView> GiveAsync(
        WriteScope scope, CurrentMember me, Peering peer, ClaimKind kind, CancellationToken ct)
    {
        if (await ConsentStore.FindStandingAsync(scope.Connection, me.Id, peer.Peer.Did, kind, ct) is { } standing)
        {
            return ConsentView.Of(standing);
        }

        var consent = new Consent(
            scope.NewId(), me.Id, peer.Peer.Did, peer.Peer.Name, kind, scope.Now, scope.FirstEventId, WithdrawnAt: null);
        await ConsentStore.InsertAsync(scope.Transaction, consent, ct);
        scope.Append(ClaimEvents.ConsentGiven(consent, me.Actor));
        return ConsentView.Of(consent);
    }
}
