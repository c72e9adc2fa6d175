namespace Coop.Node.Governance;

/// <summary>Where a proposal is in its life; specs/governance.md draws the arrows.</summary>
public enum ProposalStatus
{
    /// <summary>Written and rewritten by its author; only the author, administrators and secretaries see it.</summary>
    Draft,

    /// <summary>Members vote until its closing time.</summary>
    Open,

    /// <summary>Counted; nothing changes any more.</summary>
    Closed,

    /// <summary>Given up before it was opened; nothing changes any more.</summary>
    Withdrawn,
}
