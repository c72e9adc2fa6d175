namespace Coop.Node.Governance;

/// <summary>
/// Who may do what with a proposal, and when (specs/governance.md). Each rule tests the refusals that
/// it knows in the order of <see cref="ProposalRefusal"/>.
/// </summary>
public static class ProposalRules
{
    /// <summary>An opened proposal is every member's to see; a draft, its author's and theirs who run the votes.</summary>
    public static bool IsVisible(Proposal proposal, Participant who)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return proposal.Status is ProposalStatus.Open or ProposalStatus.Closed
            || who.RunsVotes
            || proposal.CreatedBy == who.MemberId;
    }

    public static ProposalRefusal Read(Proposal? proposal, Participant who) =>
        proposal is not null && IsVisible(proposal, who)
            ? ProposalRefusal.None
            : ProposalRefusal.NotFound;

    public static ProposalRefusal Edit(Proposal? proposal, Participant who)
    {
        if (proposal is null || !IsVisible(proposal, who))
        {
            return ProposalRefusal.NotFound;
        }

        // The text stays the author's own: an administrator or a secretary opens or withdraws, and never rewrites.
        return proposal.CreatedBy != who.MemberId
            ? ProposalRefusal.NotAuthor
            : RequireDraft(proposal);
    }

    public static ProposalRefusal Open(Proposal? proposal, Participant who) =>
        DecideOnDraft(proposal, who);

    public static ProposalRefusal Withdraw(Proposal? proposal, Participant who) =>
        DecideOnDraft(proposal, who);

    /// <param name="proposal">The proposal, if there is one.</param>
    /// <param name="who">Who votes.</param>
    /// <param name="isMember">Whether they are a member at this moment.</param>
    /// <param name="hasVote">False for who holds shares, and none of a class that votes.</param>
    /// <param name="now">When they vote.</param>
    public static ProposalRefusal Vote(
        Proposal? proposal, Participant who, bool isMember, bool hasVote, DateTimeOffset now)
    {
        if (!isMember)
        {
            return ProposalRefusal.NotMember;
        }

        if (!hasVote)
        {
            return ProposalRefusal.NoVote;
        }

        if (proposal is null || !IsVisible(proposal, who))
        {
            return ProposalRefusal.NotFound;
        }

        return proposal.Status switch
        {
            ProposalStatus.Draft or ProposalStatus.Withdrawn => ProposalRefusal.NotOpen,
            ProposalStatus.Open when now < proposal.ClosesAt => ProposalRefusal.None,
            _ => ProposalRefusal.Closed,
        };
    }

    private static ProposalRefusal DecideOnDraft(Proposal? proposal, Participant who)
    {
        if (proposal is null || !IsVisible(proposal, who))
        {
            return ProposalRefusal.NotFound;
        }

        return proposal.CreatedBy != who.MemberId && !who.RunsVotes
            ? ProposalRefusal.NotAuthorOrOffice
            : RequireDraft(proposal);
    }

    private static ProposalRefusal RequireDraft(Proposal proposal) =>
        proposal.Status == ProposalStatus.Draft ? ProposalRefusal.None : ProposalRefusal.NotDraft;
}
