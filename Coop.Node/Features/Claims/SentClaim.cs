using System.Text.Json.Nodes;
using Coop.Federation.Claims;

namespace Coop.Node.Features.Claims;

/// <summary>What has become of a claim that was sent.</summary>
public enum SentClaimState
{
    /// <summary>The peer has not answered yet.</summary>
    Pending,

    /// <summary>The peer has signed a receipt.</summary>
    Received,

    /// <summary>The peer will not take it.</summary>
    Refused,

    /// <summary>It is withdrawn, and the peer has not confirmed that yet.</summary>
    Withdrawing,

    /// <summary>It is withdrawn, and the peer has deleted it.</summary>
    Withdrawn,
}

/// <summary>A claim that this co-op made towards another one.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="PeerDid">To whom.</param>
/// <param name="PeerName">What that co-op was called then.</param>
/// <param name="Kind">What is claimed.</param>
/// <param name="Attests">The skill, the trade or the scheme; empty where the kind says all.</param>
/// <param name="MemberId">About whom; null where it is about the co-op itself.</param>
/// <param name="ConsentId">With whose consent.</param>
/// <param name="CredentialId">The credential, where it is about a member.</param>
/// <param name="Status">The entry of the status list, where it is about the co-op.</param>
/// <param name="Body">The claim without its proofs; null once it is withdrawn.</param>
/// <param name="Hash">See <see cref="Statement.Hash"/>.</param>
/// <param name="Terms">What the receiver may do with it.</param>
/// <param name="SentAt">When it was made.</param>
/// <param name="SentEvent">The event <c>claim.sent</c>.</param>
internal sealed record SentClaim(
    Guid Id,
    string PeerDid,
    string PeerName,
    ClaimKind Kind,
    string Attests,
    Guid? MemberId,
    Guid? ConsentId,
    Guid? CredentialId,
    (long List, long Index)? Status,
    JsonObject? Body,
    byte[] Hash,
    ClaimTerms Terms,
    DateTimeOffset SentAt,
    Guid SentEvent)
{
    public SentClaimState State { get; init; } = SentClaimState.Pending;

    /// <summary>Why it was refused.</summary>
    public string? Problem { get; init; }

    /// <summary>The peer's signed receipt.</summary>
    public JsonObject? Receipt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>The event <c>claim.withdrawn</c>.</summary>
    public Guid? WithdrawnEvent { get; init; }

    /// <summary>The peer's signed word that it has deleted it.</summary>
    public JsonObject? WithdrawalReceipt { get; init; }

    /// <summary>Whether it counts, or may yet.</summary>
    public bool IsStanding => State is SentClaimState.Pending or SentClaimState.Received;
}
