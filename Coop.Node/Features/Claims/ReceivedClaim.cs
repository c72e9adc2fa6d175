using System.Text.Json.Nodes;

namespace Coop.Node.Features.Claims;

/// <summary>A claim that a peer made towards this co-op; or the mark of one that was withdrawn before it came.</summary>
/// <param name="Id">UUIDv7 of the row.</param>
/// <param name="PeerDid">Who claims it.</param>
/// <param name="PeerName">What that co-op was called then.</param>
/// <param name="ClaimId">The sender's id of it.</param>
/// <param name="Kind">Null where it never came.</param>
/// <param name="Hash">See <see cref="Coop.Federation.Claims.Statement.Hash"/>.</param>
/// <param name="Body">The claim as it was signed; null once it is deleted.</param>
/// <param name="Purpose">What it may be used for.</param>
/// <param name="RetainUntil">When it is deleted at the latest.</param>
/// <param name="ShowToMembers">Whether members may see it.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="ReceivedEvent">The event <c>claim.received</c>.</param>
/// <param name="Receipt">The receipt that was answered.</param>
/// <param name="EndedAt">When it was deleted.</param>
/// <param name="EndedReason"><c>withdrawn</c>, <c>retention-over</c> or <c>peering-ended</c>.</param>
/// <param name="WithdrawalReceipt">The answer to the withdrawal.</param>
internal sealed record ReceivedClaim(
    Guid Id,
    string PeerDid,
    string PeerName,
    Guid ClaimId,
    string? Kind,
    byte[] Hash,
    JsonObject? Body,
    string? Purpose,
    DateTimeOffset? RetainUntil,
    bool ShowToMembers,
    DateTimeOffset ReceivedAt,
    Guid? ReceivedEvent,
    JsonObject? Receipt,
    DateTimeOffset? EndedAt = null,
    string? EndedReason = null,
    JsonObject? WithdrawalReceipt = null);
