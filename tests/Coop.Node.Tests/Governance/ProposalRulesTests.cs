using Coop.Node.Governance;

namespace Coop.Node.Tests.Governance;

/// <summary>
/// The whole domain of the rules, against a second statement of them: for each refusal the situations
/// in which it applies, of which the smallest must be the answer.
/// </summary>
public sealed class ProposalRulesTests
{
    private static readonly DateTimeOffset ClosesAt = new(2026, 5, 1, 18, 0, 0, TimeSpan.Zero);
    private static readonly Guid Author = new("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("01980000-0000-7000-8000-000000000002");

    [Fact]
    public void AnswersSmallestRefusalThatApplies()
    {
        foreach (var s in Situations())
        {
            Assert.Equal(Smallest(s, WhenReading), ProposalRules.Read(s.Proposal, s.Who));
            Assert.Equal(Smallest(s, WhenEditing), ProposalRules.Edit(s.Proposal, s.Who));
            Assert.Equal(Smallest(s, WhenDeciding), ProposalRules.Open(s.Proposal, s.Who));
            Assert.Equal(Smallest(s, WhenDeciding), ProposalRules.Withdraw(s.Proposal, s.Who));
            Assert.Equal(
                Smallest(s, WhenVoting),
                ProposalRules.Vote(s.Proposal, s.Who, s.IsMember, s.HasVote, s.Now));
        }
    }

    [Fact]
    public void EveryRefusalIsReached()
    {
        var reached = Situations()
            .SelectMany(s => new[]
            {
                ProposalRules.Edit(s.Proposal, s.Who),
                ProposalRules.Open(s.Proposal, s.Who),
                ProposalRules.Vote(s.Proposal, s.Who, s.IsMember, s.HasVote, s.Now),
            })
            .ToHashSet();
        Assert.Equal(Enum.GetValues<ProposalRefusal>().ToHashSet(), reached);
    }

    [Fact]
    public void EveryRefusalHasAProblem()
    {
        foreach (var refusal in Enum.GetValues<ProposalRefusal>().Skip(1))
        {
            Assert.InRange(ProposalProblems.Of(refusal).Type.Status, 403, 409);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ProposalProblems.Of(ProposalRefusal.None));
    }

    [Theory]
    [InlineData(-1, ProposalRefusal.None)]
    [InlineData(0, ProposalRefusal.Closed)]
    [InlineData(1, ProposalRefusal.Closed)]
    public void VotingEnds_ExactlyAtClosingTime(long microseconds, ProposalRefusal expected)
    {
        var proposal = new Proposal(Guid.Empty, ProposalStatus.Open, Author, ClosesAt);
        var now = ClosesAt.AddMicroseconds(microseconds);
        Assert.Equal(expected, ProposalRules.Vote(proposal, new(Other, false), true, true, now));
    }

    private static ProposalRefusal Smallest(
        Situation s, IReadOnlyDictionary<ProposalRefusal, Func<Situation, bool>> applies) =>
        applies.Where(rule => rule.Value(s)).Select(rule => rule.Key).Order().FirstOrDefault();

    private static bool IsHidden(Situation s) => s.Proposal is not { } p
        || (p.Status is ProposalStatus.Draft or ProposalStatus.Withdrawn
            && s.Who is { RunsVotes: false } && s.Who.MemberId != p.CreatedBy);

    private static bool IsNotDraft(Situation s) => s.Proposal?.Status != ProposalStatus.Draft;

    private static readonly Dictionary<ProposalRefusal, Func<Situation, bool>> WhenReading = new()
    {
        [ProposalRefusal.NotFound] = IsHidden,
    };

    private static readonly Dictionary<ProposalRefusal, Func<Situation, bool>> WhenEditing = new()
    {
        [ProposalRefusal.NotFound] = IsHidden,
        [ProposalRefusal.NotAuthor] = s => s.Who.MemberId != s.Proposal?.CreatedBy,
        [ProposalRefusal.NotDraft] = IsNotDraft,
    };

    private static readonly Dictionary<ProposalRefusal, Func<Situation, bool>> WhenDeciding = new()
    {
        [ProposalRefusal.NotFound] = IsHidden,
        [ProposalRefusal.NotAuthorOrOffice] =
            s => s.Who.MemberId != s.Proposal?.CreatedBy && !s.Who.RunsVotes,
        [ProposalRefusal.NotDraft] = IsNotDraft,
    };

    private static readonly Dictionary<ProposalRefusal, Func<Situation, bool>> WhenVoting = new()
    {
        [ProposalRefusal.NotMember] = s => !s.IsMember,
        [ProposalRefusal.NoVote] = s => !s.HasVote,
        [ProposalRefusal.NotFound] = IsHidden,
        [ProposalRefusal.NotOpen] =
            s => s.Proposal?.Status is ProposalStatus.Draft or ProposalStatus.Withdrawn,
        [ProposalRefusal.Closed] =
            s => s.Proposal?.Status == ProposalStatus.Closed || s.Now >= s.Proposal?.ClosesAt,
    };

    private static IEnumerable<Situation> Situations() =>
        from proposal in Proposals()
        from member in new[] { Author, Other }
        from isAdmin in new[] { false, true }
        from isMember in new[] { false, true }
        from hasVote in new[] { false, true }
        from offset in new[] { -1, 0, 1 }
        select new Situation(
            proposal, new(member, isAdmin), isMember, hasVote, ClosesAt.AddMicroseconds(offset));

    private static IEnumerable<Proposal?> Proposals() =>
    [
        null,
        new(Guid.Empty, ProposalStatus.Draft, Author, null),
        new(Guid.Empty, ProposalStatus.Open, Author, ClosesAt),
        new(Guid.Empty, ProposalStatus.Closed, Author, ClosesAt),
        new(Guid.Empty, ProposalStatus.Withdrawn, Author, null),
    ];

    private sealed record Situation(
        Proposal? Proposal, Participant Who, bool IsMember, bool HasVote, DateTimeOffset Now);
}
