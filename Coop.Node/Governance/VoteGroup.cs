using Coop.Node.Database;

namespace Coop.Node.Governance;

/// <summary>Votes that share one attempt of one transaction.</summary>
internal sealed class VoteGroup(WriteScope scope, IReadOnlyList<Vote> votes)
{
    private readonly Guid[] _eventIds =
        [scope.FirstEventId, .. votes.Skip(1).Select(_ => scope.NewId())];

    public async Task<IReadOnlyList<Voting.Outcome>> WriteAsync(CancellationToken ct)
    {
        var castAt = await VoteStore.CastAsync(
            scope.Transaction, votes, _eventIds, scope.Now, ct);
        var written = Enumerable.Range(0, votes.Count)
            .Where(i => castAt.ContainsKey(_eventIds[i]))
            .ToList();
        var times = written.ToDictionary(i => i, i => castAt[_eventIds[i]]);
        await AppendAsync(written, ct);
        var standings = await FindOthersAsync(written, ct);
        return [.. votes.Select((vote, i) => times.TryGetValue(i, out var time)
            ? new Voting.Outcome(
                ProposalRefusal.None, new Ballot(vote.Choice, time, _eventIds[i]))
            : Judge(vote, standings[(vote.ProposalId, vote.Voter.MemberId)]))];
    }

    private async Task AppendAsync(List<int> written, CancellationToken ct)
    {
        if (written is [var first and > 0, ..])
        {
            // The first event bears the operation's id, which was meant for a vote not written.
            _eventIds[first] = scope.FirstEventId;
            await VoteStore.RenameEventAsync(
                scope.Transaction, votes[first], scope.FirstEventId, ct);
        }

        foreach (var i in written)
        {
            var vote = votes[i];
            scope.Append(
                ProposalEvents.VoteCast(vote.ProposalId, vote.Actor, vote.Choice), _eventIds[i]);
        }
    }

    private async Task<Dictionary<(Guid, Guid), VoteStore.Standing>> FindOthersAsync(
        List<int> written, CancellationToken ct)
    {
        if (written.Count == votes.Count)
        {
            return [];
        }

        var others = Enumerable.Range(0, votes.Count).Except(written).Select(i => votes[i]);
        var standings = await VoteStore.FindAsync(scope.Transaction, [.. others], ct);
        return standings.ToDictionary(s => (s.ProposalId, s.MemberId));
    }

    /// <summary>A vote that was not written either stands already or is refused by the rules.</summary>
    private Voting.Outcome Judge(Vote vote, VoteStore.Standing standing)
    {
        var refusal = ProposalRules.Vote(
            standing.Proposal, vote.Voter, standing.IsMember, standing.HasVote, scope.Now);
        if (refusal != ProposalRefusal.None)
        {
            return new(refusal, null);
        }

        return standing.Ballot is { } ballot && ballot.Choice == vote.Choice
            ? new(ProposalRefusal.None, ballot)
            : throw new InvalidOperationException(
                $"The vote on proposal {vote.ProposalId} was neither written nor refused.");
    }
}
