using Coop.Node.Http;

namespace Coop.Node.Governance;

/// <summary>The problem details that each <see cref="ProposalRefusal"/> is answered with.</summary>
public static class ProposalProblems
{
    /// <summary>Returns when there is nothing to refuse.</summary>
    /// <exception cref="RefusalException">The refusal, as its problem type.</exception>
    public static void ThrowIfRefused(ProposalRefusal refusal)
    {
        if (refusal != ProposalRefusal.None)
        {
            throw Of(refusal);
        }
    }

    public static RefusalException Of(ProposalRefusal refusal) => refusal switch
    {
        ProposalRefusal.NotMember =>
            ProblemTypes.Forbidden.With("You are no longer a member of this co-op."),
        ProposalRefusal.NoVote =>
            ProblemTypes.Forbidden.With("You hold shares without votes alone; they give no vote."),
        ProposalRefusal.NotFound => ProblemTypes.NotFound.With("No such proposal."),
        ProposalRefusal.NotAuthor =>
            ProblemTypes.Forbidden.With("Only the author may change the text of a proposal."),
        ProposalRefusal.NotAuthorOrOffice => ProblemTypes.Forbidden.With(
            "Only the author, an administrator or a secretary may open or withdraw a proposal."),
        ProposalRefusal.NotDraft =>
            ProblemTypes.ProposalNotDraft.With("Only a draft can be changed, opened or withdrawn."),
        ProposalRefusal.NotOpen =>
            ProblemTypes.ProposalNotOpen.With("It was not opened, so nobody can vote on it."),
        ProposalRefusal.Closed =>
            ProblemTypes.ProposalClosed.With("Its closing time has come; the votes stand as cast."),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
