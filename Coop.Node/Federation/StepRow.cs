using Coop.Federation.Peering;

namespace Coop.Node.Federation;

/// <summary>A step of a peering as it is stored.</summary>
/// <param name="PeeringId">Whose.</param>
/// <param name="Side">Who took it.</param>
/// <param name="Number">From 1, without gaps, for each side apart.</param>
/// <param name="Step">Which.</param>
/// <param name="TermsHash">The terms that it is about.</param>
/// <param name="Terms">The terms themselves, where the step brings them.</param>
/// <param name="Reason">What its people say about it.</param>
/// <param name="Actor">Who did it: a pseudonym, or <c>node</c>.</param>
/// <param name="At">When it was taken here, or arrived.</param>
/// <param name="EventId">Its event in this node's log.</param>
/// <param name="DeliveredAt">When the peer had it; for our own.</param>
public sealed record StepRow(
    Guid PeeringId,
    PeeringSide Side,
    long Number,
    PeeringStep Step,
    string? TermsHash,
    SignedTerms? Terms,
    string? Reason,
    string Actor,
    DateTimeOffset At,
    Guid EventId,
    DateTimeOffset? DeliveredAt);
