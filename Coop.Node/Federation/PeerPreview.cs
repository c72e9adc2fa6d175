using Coop.Federation.Peering;
using Coop.Identity.Dids.Dns;

namespace Coop.Node.Federation;

/// <summary>Who somebody is before this co-op peers with them.</summary>
/// <param name="Who">What would stand in the terms.</param>
/// <param name="Fingerprint">To be compared with the other co-op over another way; the same on both sides.</param>
/// <param name="Dns">What the DID's domain says; null where it was not asked or did not answer.</param>
/// <param name="DidVersion">The last entry of the DID's history.</param>
/// <param name="PeeringId">The peering that there is already.</param>
/// <param name="IsBlocked">Whether this co-op takes no proposals from it.</param>
public sealed record PeerPreview(
    PeerDescriptor Who, string Fingerprint, DnsAssurance? Dns, string DidVersion, Guid? PeeringId, bool IsBlocked);
