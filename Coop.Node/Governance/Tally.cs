namespace Coop.Node.Governance;

/// <summary>The votes of a closed proposal, counted once, when it closed.</summary>
/// <param name="Yes">Votes for it, at least 0.</param>
/// <param name="No">Votes against it, at least 0.</param>
/// <param name="Abstain">Votes that take part and take no side, at least 0.</param>
public sealed record Tally(long Yes, long No, long Abstain);
