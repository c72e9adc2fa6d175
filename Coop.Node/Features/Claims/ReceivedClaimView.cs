using System.Text.Json.Nodes;

namespace Coop.Node.Features.Claims;

/// <summary>A claim that another co-op made towards this one.</summary>
/// <param name="Id">UUIDv7 of it here.</param>
/// <param name="ClaimId">Its id at the sender.</param>
/// <param name="Peer">Who claims it, which is its source.</param>
/// <param name="Kind">What is claimed.</param>
/// <param name="Claims">What it says; null once it is deleted.</param>
/// <param name="Purpose">What it may be used for.</param>
/// <param name="RetainUntil">When it is deleted at the latest.</param>
/// <param name="ShowToMembers">Whether members may see it.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="EndedAt">When it was deleted.</param>
/// <param name="EndedReason"><c>withdrawn</c>, <c>retention-over</c> or <c>peering-ended</c>.</param>
/// <param name="EventId">The event <c>claim.received</c>.</param>
public sealed record ReceivedClaimView(
    Guid Id,
    Guid ClaimId,
    PeerView Peer,
    string Kind,
    JsonObject? Claims,
    string Purpose,
    DateTimeOffset RetainUntil,
    bool ShowToMembers,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? EndedAt,
    string? EndedReason,
    Guid EventId)
{
    internal static ReceivedClaimView Of(ReceivedClaim claim) => new(
        claim.Id,
        claim.ClaimId,
        new(claim.PeerDid, claim.PeerName),
        claim.Kind!,
        ClaimText.ClaimsOf(claim.Body),
        claim.Purpose!,
        claim.RetainUntil!.Value,
        claim.ShowToMembers,
        claim.ReceivedAt,
        claim.EndedAt,
        claim.EndedReason,
        claim.ReceivedEvent!.Value);
}
