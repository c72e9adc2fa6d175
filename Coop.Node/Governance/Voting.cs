using Coop.Node.Database;

namespace Coop.Node.Governance;

/// <summary>
/// Takes votes. Those that arrive together share a transaction, so that a well-attended vote costs a
/// commit a group and not one a member; each is still written or refused for itself. Thread-safe.
/// </summary>
public sealed class Voting
{
    /// <summary>Small enough that a group is written in a few milliseconds.</summary>
    public const int MaxGroupSize = 64;

    private readonly Transactions _transactions;
    private readonly GroupCommit<Vote, (Guid Proposal, Guid Member), Outcome> _groups;

    public Voting([FromKeyedServices(Transactions.Workers)] Transactions transactions)
    {
        _transactions = transactions;
        _groups = new(WriteAsync, v => (v.ProposalId, v.Voter.MemberId), MaxGroupSize);
    }

    /// <summary>Casts or changes a vote; when this returns, it is durable.</summary>
    /// <returns>The vote as it stands; the same choice again changes nothing.</returns>
    /// <exception cref="Http.RefusalException">It is refused; nothing was written.</exception>
    public async Task<Ballot> CastAsync(Vote vote)
    {
        var (refusal, ballot) = await _groups.SubmitAsync(vote);
        ProposalProblems.ThrowIfRefused(refusal);
        return ballot!;
    }

    // Not cancelled by any one of the callers, since the group is not theirs alone.
    private Task<IReadOnlyList<Outcome>> WriteAsync(IReadOnlyList<Vote> votes) =>
        _transactions.WriteAsync(
            (scope, ct) => new VoteGroup(scope, votes).WriteAsync(ct), CancellationToken.None);

    /// <summary>What became of a vote: refused, or the vote that stands now.</summary>
    public sealed record Outcome(ProposalRefusal Refusal, Ballot? Ballot);
}
