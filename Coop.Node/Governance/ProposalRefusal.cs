namespace Coop.Node.Governance;

/// <summary>
/// Why an action on a proposal is refused. In order of precedence: where several apply, the smallest
/// is the answer, so that nobody learns of a draft that is not theirs, nor of a state that they could
/// not change anyway.
/// </summary>
public enum ProposalRefusal
{
    /// <summary>It is allowed.</summary>
    None = 0,

    /// <summary>Whoever acts is no longer a member, whatever their token says.</summary>
    NotMember = 1,

    /// <summary>Whoever votes holds shares, and none of a class that votes.</summary>
    NoVote = 2,

    /// <summary>There is no such proposal, or it is an unpublished one of somebody else.</summary>
    NotFound = 3,

    /// <summary>Only the author may do this.</summary>
    NotAuthor = 4,

    /// <summary>Only the author, an administrator or a secretary may do this.</summary>
    NotAuthorOrOffice = 5,

    /// <summary>It is no longer a draft.</summary>
    NotDraft = 6,

    /// <summary>It was never opened.</summary>
    NotOpen = 7,

    /// <summary>Its closing time has come.</summary>
    Closed = 8,
}
