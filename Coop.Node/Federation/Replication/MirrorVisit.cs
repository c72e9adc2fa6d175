namespace Coop.Node.Federation.Replication;

/// <summary>How the last visits of a peer's log went.</summary>
/// <param name="Origin">The log.</param>
/// <param name="VisitedAt">When it was last tried.</param>
/// <param name="AnsweredAt">When it last showed a checkpoint that was accepted or known; null when it never did.</param>
/// <param name="Fault">What was last refused, e.g. <c>entry-changed</c> or <c>no-answer</c>; null where there was nothing.</param>
/// <param name="FaultDetail">A sentence for people.</param>
/// <param name="FaultAt">When.</param>
public sealed record MirrorVisit(
    string Origin,
    DateTimeOffset VisitedAt,
    DateTimeOffset? AnsweredAt,
    string? Fault,
    string? FaultDetail,
    DateTimeOffset? FaultAt);
