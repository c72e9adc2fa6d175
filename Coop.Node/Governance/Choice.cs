namespace Coop.Node.Governance;

/// <summary>What a member may say to a proposal.</summary>
public enum Choice
{
    Yes,
    No,
    Abstain,
}
