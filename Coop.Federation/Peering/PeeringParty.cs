namespace Coop.Federation.Peering;

/// <summary>One side of the terms.</summary>
/// <param name="Who">Who it is.</param>
/// <param name="Grant">What it lets the other do.</param>
public sealed record PeeringParty(PeerDescriptor Who, PeeringGrant Grant);
