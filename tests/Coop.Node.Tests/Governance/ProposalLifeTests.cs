using System.Globalization;
using System.Text.Json;
using Coop.Node.Governance;
using Coop.Node.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Governance;

public sealed class ProposalLifeTests(CoopFixture coop) : IClassFixture<CoopFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoesFromDraftToCount_EachStepAnEvent()
    {
        var draft = (await coop.Ada.DraftAsync("Buy a bike", "Blue.")).Succeeds();
        var id = draft.Id;
        var edited = (await coop.Ada.EditAsync(id, "Buy a cargo bike", "Green.")).Succeeds();
        var closesAt = coop.Tomorrow;
        var opened = (await coop.Admin.OpenAsync(id, closesAt)).Succeeds();
        Assert.Equal(closesAt, opened.Time("closesAt"));
        var ada = (await coop.Ada.VoteAsync(id, "yes")).Succeeds();
        var bob = (await coop.Bob.VoteAsync(id, "no")).Succeeds();
        var changed = (await coop.Bob.VoteAsync(id, "abstain")).Succeeds();
        await CloseAsync(closesAt);

        var closed = (await coop.Bob.SeeAsync(id)).Succeeds();
        Assert.Equal("closed", closed.Text("status"));
        Assert.Equal("Buy a cargo bike", closed.Text("title"));
        Assert.Equal("Green.", closed.Text("body"));
        Assert.Equal("Ada", closed.Body.GetProperty("createdBy").GetProperty("name").GetString());
        Assert.Equal("abstain", closed.Text("myVote"));
        Assert.Equal(
            """{"yes":1,"no":0,"abstain":1}""", closed.Body.GetProperty("result").GetRawText());
        Assert.Equal(3, closed.Body.GetProperty("eligible").GetInt64());
        Assert.Equal(closesAt, closed.Time("closedAt"));

        var trail = await Trail.ReadAsync(coop.Node, id);
        Assert.Equal(
            ["proposal.drafted", "proposal.edited", "proposal.opened", "vote.cast", "vote.cast",
             "vote.cast", "proposal.closed"],
            trail.Select(e => e.Type));
        Assert.Equal(
            [draft.EventId, edited.EventId, opened.EventId, ada.EventId, bob.EventId, changed.EventId],
            trail.Select(e => e.Id).SkipLast(1));
        Assert.Equal(
            [coop.Ada.Actor, coop.Ada.Actor, coop.Admin.Actor, coop.Ada.Actor, coop.Bob.Actor,
             coop.Bob.Actor, "node"],
            trail.Select(e => e.Actor));
        Assert.Equal(
            ["private", "private", "members", "private", "private", "private", "members"],
            trail.Select(e => e.Visibility));
        Assert.All(trail, e => Assert.Equal($"proposal:{id}", e.Subject));
    }

    [Fact]
    public async Task PayloadsAreThoseOfTheSpecification()
    {
        var draft = (await coop.Ada.DraftAsync("Title", "Body")).Succeeds();
        var id = draft.Id;
        var closesAt = coop.Tomorrow;
        (await coop.Ada.OpenAsync(id, closesAt)).Succeeds();
        (await coop.Bob.VoteAsync(id, "no")).Succeeds();
        await CloseAsync(closesAt);

        var time = closesAt.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        var payloads = (await Trail.ReadAsync(coop.Node, id)).Select(e => e.Payload.GetRawText());
        Assert.Equal(
            [
                $$"""{"body":"Body","proposalId":"{{id}}","title":"Title"}""",
                $$"""{"body":"Body","closesAt":"{{time}}","proposalId":"{{id}}","title":"Title"}""",
                $$"""{"choice":"no","proposalId":"{{id}}"}""",
                $$"""{"abstain":0,"closedAt":"{{time}}","closesAt":"{{time}}","eligible":3,"no":1,"proposalId":"{{id}}","yes":0}""",
            ],
            payloads);
    }

    [Fact]
    public async Task DraftIsItsAuthorsAndAdministrators()
    {
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;

        Assert.Equal("draft", (await coop.Ada.SeeAsync(id)).Text("status"));
        Assert.Equal("draft", (await coop.Admin.SeeAsync(id)).Text("status"));
        (await coop.Bob.SeeAsync(id)).IsRefused(ProblemTypes.NotFound);
    }

    [Fact]
    public async Task WithdrawnDraftStaysHidden_AndIsFinal()
    {
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;
        var withdrawn = (await coop.Admin.WithdrawAsync(id)).Succeeds();

        Assert.Equal("withdrawn", (await coop.Ada.SeeAsync(id)).Text("status"));
        (await coop.Bob.SeeAsync(id)).IsRefused(ProblemTypes.NotFound);
        (await coop.Ada.OpenAsync(id, coop.Tomorrow)).IsRefused(ProblemTypes.ProposalNotDraft);
        var trail = await Trail.ReadAsync(coop.Node, id);
        Assert.Equal(withdrawn.EventId, trail[^1].Id);
        Assert.Equal("proposal.withdrawn", trail[^1].Type);
        Assert.Equal("members", trail[^1].Visibility);
    }

    [Fact]
    public async Task CountsAreHidden_UntilItIsClosed()
    {
        var closesAt = coop.Tomorrow;
        var id = await coop.Ada.OpenedAsync(closesAt);
        (await coop.Bob.VoteAsync(id, "yes")).Succeeds();

        foreach (var member in new[] { coop.Admin, coop.Ada, coop.Bob })
        {
            var seen = (await member.SeeAsync(id)).Succeeds();
            Assert.Equal(JsonValueKind.Null, seen.Body.GetProperty("result").ValueKind);
            Assert.Equal(JsonValueKind.Null, seen.Body.GetProperty("eligible").ValueKind);
            Assert.Equal(member == coop.Bob ? "yes" : null, seen.Text("myVote"));
        }
    }

    [Fact]
    public async Task SameChoiceAgain_IsTheSameVote_AndNoEvent()
    {
        var id = await coop.Ada.OpenedAsync(coop.Tomorrow);
        var first = (await coop.Bob.VoteAsync(id, "yes")).Succeeds();
        coop.Time.Advance(TimeSpan.FromSeconds(1));
        var again = (await coop.Bob.VoteAsync(id, "yes")).Succeeds();
        Assert.Equal(first.Body.GetRawText(), again.Body.GetRawText());

        var other = (await coop.Bob.VoteAsync(id, "no")).Succeeds();
        var back = (await coop.Bob.VoteAsync(id, "yes")).Succeeds();
        Assert.Equal(
            [first.EventId, other.EventId, back.EventId],
            (await Trail.ReadAsync(coop.Node, id)).Skip(2).Select(e => e.Id));
    }

    [Fact]
    public async Task TextIsTrimmed_AndMayHoldAnyScript()
    {
        var draft = (await coop.Ada.DraftAsync("  مسجد 🚲  ", "a\r\nb")).Succeeds();
        var seen = await coop.Ada.SeeAsync(draft.Id);
        Assert.Equal("مسجد 🚲", seen.Text("title"));
        Assert.Equal("a\nb", seen.Text("body"));
    }

    private async Task CloseAsync(DateTimeOffset closesAt)
    {
        coop.Time.SetUtcNow(closesAt);
        await coop.Node.Services.GetRequiredService<ProposalCloser>().CloseDueAsync(Ct);
    }
}
