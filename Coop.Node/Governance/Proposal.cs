namespace Coop.Node.Governance;

/// <summary>What the rules need to know of a proposal.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Status">The stored status: still open between closing time and count.</param>
/// <param name="CreatedBy">The author's member id.</param>
/// <param name="ClosesAt">Set once it was opened: the first moment at which a vote comes too late.</param>
public sealed record Proposal(
    Guid Id, ProposalStatus Status, Guid CreatedBy, DateTimeOffset? ClosesAt);
