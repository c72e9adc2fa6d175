namespace Coop.Node.Governance;

/// <summary>What members vote on.</summary>
public sealed record ProposalText(string Title, string Body);
