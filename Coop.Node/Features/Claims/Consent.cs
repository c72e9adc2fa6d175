using Coop.Federation.Claims;

namespace Coop.Node.Features.Claims;

/// <summary>A member lets the co-op tell another one something about them.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="MemberId">Who gave it.</param>
/// <param name="PeerDid">Whom may be told.</param>
/// <param name="PeerName">What that co-op was called when the consent was given.</param>
/// <param name="Kind">What may be told.</param>
/// <param name="GivenAt">Since when.</param>
/// <param name="GivenEvent">The event <c>consent.given</c>.</param>
/// <param name="WithdrawnAt">Until when; null while it stands.</param>
internal sealed record Consent(
    Guid Id, Guid MemberId, string PeerDid, string PeerName, ClaimKind Kind, DateTimeOffset GivenAt, Guid GivenEvent,
    DateTimeOffset? WithdrawnAt)
{
    public string Subject => $"consent:{Id:D}";
}
