using System.Data;
using Coop.Node.Governance;
using Coop.Node.Http;
using Coop.Testing;
using Npgsql;

namespace Coop.Node.Tests.Governance;

/// <summary>A vote that runs at the same time as the count is in it, or it is refused.</summary>
public sealed class CountRaceTests : IAsyncLifetime
{
    private const int Rounds = 12;
    private const int Voters = 8;
    private const int VotesBeforeTheCount = 3;

    private readonly List<TestMember> _members = [];
    private TestNode _one = null!;
    private TestNode _two = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestMember Admin => _members[0];

    public async ValueTask InitializeAsync()
    {
        _one = await TestNode.StartAsync(GovernanceNodes.WithoutClosing, GovernanceNodes.Clock());
        // Before the replica starts: a node without an administrator offers a link of its own.
        _members.Add(await TestMember.EnrolAdministratorAsync(_one));
        _two = await GovernanceNodes.StartReplicaAsync(_one);
        while (_members.Count < Voters)
        {
            _members.Add(await Admin.InviteAsync(_one, $"Member {_members.Count}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _two.DisposeAsync();
        await _one.DisposeAsync();
    }

    [Fact]
    public async Task VotesOnTwoReplicas_WhileBothCount_AreCountedOrRefused()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var closesAt = _one.Time.GetUtcNow().AddMinutes(1);
            var id = await Admin.OpenedAsync(closesAt);
            var underWay = new CountdownEvent(Voters * VotesBeforeTheCount);
            var voting = _members.Select((m, i) => Task.Run(() => VoteUntilClosedAsync(
                (i % 2 == 0 ? _one : _two).Voting(), m, id, underWay))).ToList();
            while (!underWay.IsSet)
            {
                await Task.Delay(1, Ct);
            }

            _one.Time.SetUtcNow(closesAt);
            await Task.WhenAll(
                _one.CloseDueAsync(), _two.CloseDueAsync(), _one.CloseDueAsync(), _two.CloseDueAsync());
            await CheckAsync(id, await Task.WhenAll(voting));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TransactionsThatOverlap_NeverBothCommit(bool voteCommitsFirst)
    {
        Assert.SkipWhen(
            _one.Database.IsCockroach, "There the second waits for the first, which waits for this test.");
        var closesAt = _one.Time.GetUtcNow().AddMinutes(1);
        var id = await Admin.OpenedAsync(closesAt);
        await using var source = NpgsqlDataSource.Create(_one.Database.ConnectionString);
        await using var a = await source.OpenConnectionAsync(Ct);
        await using var b = await source.OpenConnectionAsync(Ct);
        await using var voting = await a.BeginTransactionAsync(IsolationLevel.Serializable, Ct);
        await using var closing = await b.BeginTransactionAsync(IsolationLevel.Serializable, Ct);

        var vote = new Vote(id, new(Admin.Id, true), Admin.Actor, Choice.Yes);
        var cast = await VoteStore.CastAsync(
            voting, [vote], [Guid.CreateVersion7(closesAt)], closesAt.AddSeconds(-1), Ct);
        var count = await ClosingStore.CloseAsync(closing, id, closesAt, Ct);

        // Each did its part without seeing the other: the count has no vote, and the vote no count.
        Assert.Single(cast);
        Assert.Equal(new Tally(0, 0, 0), count!.Tally);
        var (first, second) = voteCommitsFirst ? (voting, closing) : (closing, voting);
        var failures = new[] { await FailureOfAsync(first), await FailureOfAsync(second) };
        Assert.Contains("40001", failures);
    }

    private static async Task<string?> FailureOfAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(Ct);
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    /// <summary>The last vote that was acknowledged.</summary>
    private static async Task<Ballot> VoteUntilClosedAsync(
        Voting voting, TestMember member, Guid id, CountdownEvent underWay)
    {
        Ballot? last = null;
        for (var i = 0; ; i++)
        {
            try
            {
                last = await voting.CastAsync(
                    new Vote(id, new(member.Id, false), member.Actor, (Choice)(i % 3)));
            }
            catch (RefusalException e) when (e.Type == ProblemTypes.ProposalClosed)
            {
                return last!;
            }

            if (i < VotesBeforeTheCount)
            {
                underWay.Signal();
            }
        }
    }

    private async Task CheckAsync(Guid id, Ballot[] last)
    {
        var closed = (await Admin.SeeAsync(id)).Succeeds();
        long Of(Choice choice) => last.Count(b => b.Choice == choice);
        Assert.Equal(
            $$"""{"yes":{{Of(Choice.Yes)}},"no":{{Of(Choice.No)}},"abstain":{{Of(Choice.Abstain)}}}""",
            closed.Body.GetProperty("result").GetRawText());

        var trail = await Trail.ReadAsync(_one, id);
        Assert.Equal("proposal.closed", trail[^1].Type);
        Assert.Single(trail, e => e.Type == "proposal.closed");
        var counted = trail.Where(e => e.Type == "vote.cast").GroupBy(e => e.Actor)
            .ToDictionary(g => g.Key, g => g.Last().Id);
        Assert.Equal(
            _members.Zip(last).ToDictionary(p => p.First.Actor, p => p.Second.EventId), counted);
    }
}
