namespace Coop.Node.Governance;

/// <summary>What a member wants to say to a proposal.</summary>
/// <param name="ProposalId">The proposal.</param>
/// <param name="Voter">Who votes.</param>
/// <param name="Actor">The voter's name in the log.</param>
/// <param name="Choice">What they say.</param>
public sealed record Vote(Guid ProposalId, Participant Voter, string Actor, Choice Choice);
