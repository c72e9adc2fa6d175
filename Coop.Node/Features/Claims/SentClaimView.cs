using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Node.Features.Claims;

/// <summary>A claim that this co-op made.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Peer">To whom.</param>
/// <param name="Kind">What is claimed.</param>
/// <param name="MemberId">About whom; null where it is about the co-op itself.</param>
/// <param name="Claims">What it says; null once it is withdrawn.</param>
/// <param name="Purpose">What it was given for.</param>
/// <param name="RetainUntil">When the other side deletes it at the latest.</param>
/// <param name="ShowToMembers">Whether the other side may show it to its members.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Problem">Why it was refused, or was not confirmed.</param>
/// <param name="SentAt">When it was made.</param>
/// <param name="WithdrawnAt">When it was withdrawn.</param>
/// <param name="Receipt">The other side's signed receipt.</param>
/// <param name="WithdrawalReceipt">The other side's signed word that it has deleted it.</param>
/// <param name="EventId">The event <c>claim.sent</c>.</param>
public sealed record SentClaimView(
    Guid Id,
    PeerView Peer,
    ClaimKind Kind,
    Guid? MemberId,
    JsonObject? Claims,
    string Purpose,
    DateTimeOffset RetainUntil,
    bool ShowToMembers,
    SentClaimState State,
    string? Problem,
    DateTimeOffset SentAt,
    DateTimeOffset? WithdrawnAt,
    JsonObject? Receipt,
    JsonObject? WithdrawalReceipt,
    Guid EventId)
{
    internal static SentClaimView Of(SentClaim claim) => new(
        claim.Id,
        new(claim.PeerDid, claim.PeerName),
        claim.Kind,
        claim.MemberId,
        ClaimText.ClaimsOf(claim.Body),
        claim.Terms.Purpose,
        claim.Terms.RetainUntil,
        claim.Terms.ShowToMembers,
        claim.State,
        claim.Problem,
        claim.SentAt,
        claim.WithdrawnAt,
        claim.Receipt,
        claim.WithdrawalReceipt,
        claim.SentEvent);
}
