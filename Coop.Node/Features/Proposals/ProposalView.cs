using Coop.Node.Governance;

namespace Coop.Node.Features.Proposals;

/// <summary>A proposal as a member sees it.</summary>
/// <param name="Id">The proposal's id.</param>
/// <param name="Title">1 to 200 characters, one line.</param>
/// <param name="Body">0 to 20,000 characters.</param>
/// <param name="Status">
/// Where it is in its life. Between its closing time and the count, a moment later, it is still open
/// and takes no votes.
/// </param>
/// <param name="CreatedBy">Its author.</param>
/// <param name="CreatedAt">When it was drafted.</param>
/// <param name="OpenedAt">When voting began; null before that.</param>
/// <param name="ClosesAt">The first moment at which a vote comes too late; null before it is open.</param>
/// <param name="ClosedAt">When it was counted; null before that.</param>
/// <param name="MyVote">How the asking member voted; null when they have not.</param>
/// <param name="Result">The votes; null until it is closed.</param>
/// <param name="Eligible">How many members could vote when it closed; null until then.</param>
public sealed record ProposalView(
    Guid Id,
    string Title,
    string Body,
    ProposalStatus Status,
    ProposalView.Author CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? ClosesAt,
    DateTimeOffset? ClosedAt,
    Choice? MyVote,
    Tally? Result,
    long? Eligible)
{
    /// <param name="Id">The member's id.</param>
    /// <param name="Name">The member's name.</param>
    public sealed record Author(Guid Id, string Name);
}
