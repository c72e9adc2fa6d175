using Coop.Testing;

namespace Coop.Node.Tests.Governance;

public sealed class VotingTests
{
    [Fact]
    public async Task ManyMembersAtOnce_AreEachCountedOnce()
    {
        const int Members = 10;
        var time = GovernanceNodes.Clock();
        await using var node = await TestNode.StartAsync(GovernanceNodes.WithoutClosing, time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var members = new List<TestMember>();
        for (var i = 0; i < Members; i++)
        {
            members.Add(await admin.InviteAsync(node, $"Member {i}"));
        }

        var closesAt = time.GetUtcNow().AddMinutes(1);
        var ids = new[] { await admin.OpenedAsync(closesAt), await admin.OpenedAsync(closesAt) };
        var votes = await Task.WhenAll(
            from id in ids
            from member in members
            from choice in new[] { "abstain", "yes" }
            select member.VoteAsync(id, choice));
        Assert.All(votes, v => v.Succeeds());
        // Which of a member's two came last is open; this one does.
        await Task.WhenAll(
            from id in ids from member in members select member.VoteAsync(id, "no"));

        time.SetUtcNow(closesAt);
        await node.CloseDueAsync();
        foreach (var id in ids)
        {
            var closed = await admin.SeeAsync(id);
            Assert.Equal(
                $$"""{"yes":0,"no":{{Members}},"abstain":0}""",
                closed.Body.GetProperty("result").GetRawText());
            Assert.Equal(Members + 1, closed.Body.GetProperty("eligible").GetInt64());
        }
    }

    [Fact]
    public async Task OneMemberManyTimesAtOnce_HasOneVote_AndTheLogTellsHowItCameAbout()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var id = await admin.OpenedAsync(TimeProvider.System.GetUtcNow().AddDays(1));
        var choices = new[] { "yes", "no", "abstain" };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => admin.VoteAsync(id, choices[i % 3])));

        var events = (await Trail.ReadAsync(node, id)).Where(e => e.Type == "vote.cast").ToList();
        Assert.Equal(
            answers.Select(a => a.Succeeds().EventId).ToHashSet(),
            events.Select(e => e.Id).ToHashSet());
        Assert.Equal(events.Count, events.Select(e => e.Id).Distinct().Count());
        var said = events.Select(e => e.Payload.GetProperty("choice").GetString()).ToList();
        Assert.Equal(said[^1], (await admin.SeeAsync(id)).Text("myVote"));
        // An event is a change, so no two in a row say the same.
        Assert.DoesNotContain(said.Zip(said.Skip(1)), pair => pair.First == pair.Second);
    }

    [Fact]
    public async Task AGroupIsNotSpoiltByTheRefused_WhereverTheyStandInIt()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        var open = await admin.OpenedAsync(TimeProvider.System.GetUtcNow().AddDays(1));
        var draft = (await admin.DraftAsync()).Succeeds().Id;
        (await admin.VoteAsync(open, "yes")).Succeeds();

        // Refused, unchanged and written votes share groups, now one first and now another.
        var choices = new[] { "no", "abstain" };
        for (var round = 0; round < 20; round++)
        {
            var choice = choices[round % 2];
            var tasks = new List<Task<Answer>>
            {
                admin.VoteAsync(draft, "yes"), admin.VoteAsync(open, "yes"), ada.VoteAsync(draft, "no"),
                ada.VoteAsync(open, choice),
            };
            var answers = await Task.WhenAll(tasks);
            Assert.Equal(["proposal-not-open", null, "not-found", null], answers.Select(a => a.Problem));
            Assert.Equal(choice, answers[3].Text("choice"));
        }

        var events = (await Trail.ReadAsync(node, open)).Where(e => e.Type == "vote.cast").ToList();
        Assert.Equal(21, events.Count);
        Assert.Single(await Trail.ReadAsync(node, draft));
    }
}
