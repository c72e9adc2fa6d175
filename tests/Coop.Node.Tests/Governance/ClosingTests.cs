using Coop.Node.Http;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Governance;

public sealed class ClosingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AtTheClosingTime_VotesAreRefused_ThoughNobodyHasCounted()
    {
        var time = GovernanceNodes.Clock();
        await using var node = await TestNode.StartAsync(GovernanceNodes.WithoutClosing, time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        var closesAt = time.GetUtcNow().AddMinutes(5);
        var id = await admin.OpenedAsync(closesAt);

        time.SetUtcNow(closesAt.AddMicroseconds(-1));
        (await ada.VoteAsync(id, "yes")).Succeeds();
        await node.CloseDueAsync();
        Assert.Equal("open", (await ada.SeeAsync(id)).Text("status"));

        time.SetUtcNow(closesAt);
        (await ada.VoteAsync(id, "no")).IsRefused(ProblemTypes.ProposalClosed);
        (await ada.VoteAsync(id, "yes")).IsRefused(ProblemTypes.ProposalClosed);
        (await admin.VoteAsync(id, "no")).IsRefused(ProblemTypes.ProposalClosed);
        Assert.Equal("open", (await ada.SeeAsync(id)).Text("status"));

        await node.CloseDueAsync();
        var closed = await ada.SeeAsync(id);
        Assert.Equal("closed", closed.Text("status"));
        Assert.Equal(
            """{"yes":1,"no":0,"abstain":0}""", closed.Body.GetProperty("result").GetRawText());
        (await admin.VoteAsync(id, "no")).IsRefused(ProblemTypes.ProposalClosed);
        Assert.Equal(4, (await Trail.ReadAsync(node, id)).Count);
    }

    [Fact]
    public async Task ClosesByItself_WhatIsOpenedWhileItSleeps()
    {
        var time = GovernanceNodes.Clock();
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        // The second is due before the first, for which the closer sleeps by then.
        var late = await admin.OpenedAsync(time.GetUtcNow().AddSeconds(20));
        var soon = await admin.OpenedAsync(time.GetUtcNow().AddSeconds(10));

        await AdvanceUntilClosedAsync(admin, time, soon);
        await AdvanceUntilClosedAsync(admin, time, late);

        Assert.Single(await Trail.ReadAsync(node, soon), e => e.Type == "proposal.closed");
        Assert.Single(await Trail.ReadAsync(node, late), e => e.Type == "proposal.closed");
    }

    [Fact]
    public async Task WhatFellDueWhileTheNodeWasDown_ClosesAtItsNextStart()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        var folder = Directory.CreateTempSubdirectory("coop-closing-");
        string[] arguments = [$"--COOP_DATA={folder.FullName}"];
        var time = GovernanceNodes.Clock();
        Guid id;
        await using (var node = await TestNode.StartAsync(
            GovernanceNodes.WithoutClosing, time, database, arguments))
        {
            using var admin = await TestMember.EnrolAdministratorAsync(node);
            id = await admin.OpenedAsync(time.GetUtcNow().AddSeconds(10));
        }

        time.Advance(TimeSpan.FromHours(1));
        await using (var again = await TestNode.StartAsync(null, time, database, arguments))
        {
            while (!(await Trail.ReadAsync(again, id)).Exists(e => e.Type == "proposal.closed"))
            {
                await Task.Delay(20, Ct);
            }
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ManyClosersAtOnce_OnTwoReplicas_CloseEachOnce()
    {
        var time = GovernanceNodes.Clock();
        await using var one = await TestNode.StartAsync(GovernanceNodes.WithoutClosing, time);
        using var admin = await TestMember.EnrolAdministratorAsync(one);
        await using var two = await GovernanceNodes.StartReplicaAsync(one);
        var closesAt = time.GetUtcNow().AddMinutes(1);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await admin.OpenedAsync(closesAt));
        }

        time.SetUtcNow(closesAt);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : two).CloseDueAsync()));

        foreach (var id in ids)
        {
            Assert.Equal("closed", (await admin.SeeAsync(id)).Text("status"));
            Assert.Single(await Trail.ReadAsync(one, id), e => e.Type == "proposal.closed");
        }
    }

    /// <summary>
    /// By small steps: a step may fall between the closer's look at the clock and its going to sleep,
    /// which makes it sleep that much longer.
    /// </summary>
    private static async Task AdvanceUntilClosedAsync(
        TestMember member, FakeTimeProvider time, Guid id)
    {
        while ((await member.SeeAsync(id)).Text("status") != "closed")
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }
    }
}
