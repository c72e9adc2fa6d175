using Coop.Federation.Peering;

namespace Coop.Node.Federation;

/// <summary>How an endpoint says that it serves peers, and learns which one asks.</summary>
public static class PeerEndpoints
{
    private static readonly object PeerKey = new();
    private static readonly object DidKey = new();

    /// <summary>
    /// Serves peers with an active peering in which this node grants the scope. The request's signature, destination,
    /// freshness and rate are checked, and that it was not sent before.
    /// </summary>
    public static TBuilder RequirePeer<TBuilder>(this TBuilder builder, PeeringScope scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.Require(new PeerRequirement(PeerRequirement.Callers.Active, scope));

    /// <summary>As <see cref="RequirePeer{TBuilder}(TBuilder, PeeringScope)"/>, whatever the peering grants.</summary>
    public static TBuilder RequirePeer<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.Require(new PeerRequirement(PeerRequirement.Callers.Active, Scope: null));

    /// <summary>The peering of whoever asks.</summary>
    /// <exception cref="InvalidOperationException">The endpoint does not require a peer.</exception>
    public static Peering Peer(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Items[PeerKey] as Peering ?? throw new InvalidOperationException("The endpoint serves others than peers.");
    }

    internal static TBuilder Require<TBuilder>(this TBuilder builder, PeerRequirement requirement)
        where TBuilder : IEndpointConventionBuilder =>
        // Members' sessions have no say here; who asks is checked by PeerAuthentication.
        builder.WithMetadata(requirement, new Microsoft.AspNetCore.Authorization.AllowAnonymousAttribute());

    /// <summary>The history of the DID that signed the request.</summary>
    internal static PinnedHistory Caller(this HttpContext http) => (PinnedHistory)http.Items[DidKey]!;

    internal static void SetCaller(this HttpContext http, PinnedHistory caller, Peering? peering)
    {
        http.Items[DidKey] = caller;
        http.Items[PeerKey] = peering;
    }
}
