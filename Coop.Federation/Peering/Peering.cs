namespace Coop.Federation.Peering;

/// <summary>A peering as this side sees it.</summary>
/// <param name="Id">The same on both sides.</param>
/// <param name="Peer">The other side.</param>
/// <param name="Terms">Those in force; before there are any, those that are proposed.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when it stands there.</param>
public sealed record Peering(
    Guid Id, PeerDescriptor Peer, PeeringTerms Terms, PeeringState State, DateTimeOffset Since)
{
    /// <summary>What this side lets the peer do.</summary>
    public PeeringGrant Ours => Terms.OtherThan(Peer.Did).Grant;

    /// <summary>What the peer lets this side do.</summary>
    public PeeringGrant Theirs => Terms.PartyOf(Peer.Did)!.Grant;

    /// <summary>Whether the peer may do that here now: the peering is active, and this side has signed that.</summary>
    public bool Grants(PeeringScope scope) => State == PeeringState.Active && Ours.Scopes.Contains(scope);

    /// <summary>Whether this side may do that at the peer now.</summary>
    public bool IsGranted(PeeringScope scope) => State == PeeringState.Active && Theirs.Scopes.Contains(scope);
}
