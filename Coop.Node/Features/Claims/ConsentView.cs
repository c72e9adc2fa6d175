using Coop.Federation.Claims;

namespace Coop.Node.Features.Claims;

/// <summary>A member's consent.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Peer">Whom may be told.</param>
/// <param name="Kind">What may be told.</param>
/// <param name="GivenAt">Since when.</param>
/// <param name="EventId">The event <c>consent.given</c>.</param>
/// <param name="WithdrawnAt">Until when; null while it stands.</param>
public sealed record ConsentView(
    Guid Id, PeerView Peer, ClaimKind Kind, DateTimeOffset GivenAt, Guid EventId, DateTimeOffset? WithdrawnAt)
{
    internal static ConsentView Of(Consent consent) => new(
        consent.Id, new(consent.PeerDid, consent.PeerName), consent.Kind, consent.GivenAt, consent.GivenEvent,
        consent.WithdrawnAt);
}
