using System.Net;
using System.Text;
using Coop.Node.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Governance;

/// <summary>What is refused, as which problem, and that it leaves no trace.</summary>
public sealed class RefusalTests(CoopFixture coop) : IClassFixture<CoopFixture>
{
    private static readonly Guid Nobody = new("01980000-0000-7000-8000-00000000dead");

    [Fact]
    public async Task UnknownProposal()
    {
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.SeeAsync(Nobody));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.EditAsync(Nobody, "t", "b"));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.OpenAsync(Nobody, coop.Tomorrow));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.WithdrawAsync(Nobody));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.VoteAsync(Nobody, "yes"));
    }

    [Fact]
    public async Task SomebodyElsesDraft_IsNotEvenThere()
    {
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Bob.EditAsync(id, "t", "b"));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Bob.OpenAsync(id, coop.Tomorrow));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Bob.WithdrawAsync(id));
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Bob.VoteAsync(id, "yes"));
    }

    [Fact]
    public async Task OnlyTheAuthorEdits_AndForbiddenComesBeforeTheState()
    {
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;
        await RefusesAsync(ProblemTypes.Forbidden, () => coop.Admin.EditAsync(id, "t", "b"));
        (await coop.Ada.OpenAsync(id, coop.Tomorrow)).Succeeds();

        await RefusesAsync(ProblemTypes.Forbidden, () => coop.Admin.EditAsync(id, "t", "b"));
        await RefusesAsync(ProblemTypes.ProposalNotDraft, () => coop.Ada.EditAsync(id, "t", "b"));
        await RefusesAsync(ProblemTypes.Forbidden, () => coop.Bob.OpenAsync(id, coop.Tomorrow));
        await RefusesAsync(ProblemTypes.Forbidden, () => coop.Bob.WithdrawAsync(id));
        await RefusesAsync(
            ProblemTypes.ProposalNotDraft, () => coop.Admin.OpenAsync(id, coop.Tomorrow));
        await RefusesAsync(ProblemTypes.ProposalNotDraft, () => coop.Ada.WithdrawAsync(id));
    }

    [Fact]
    public async Task VotingOnWhatWasNotOpened()
    {
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;
        await RefusesAsync(ProblemTypes.ProposalNotOpen, () => coop.Ada.VoteAsync(id, "yes"));
        await RefusesAsync(ProblemTypes.ProposalNotOpen, () => coop.Admin.VoteAsync(id, "yes"));
        (await coop.Ada.WithdrawAsync(id)).Succeeds();
        await RefusesAsync(ProblemTypes.ProposalNotOpen, () => coop.Ada.VoteAsync(id, "yes"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("nul\0")]
    public async Task TitleOutOfRange(string title) =>
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.DraftAsync(title));

    [Fact]
    public async Task TextTooLong()
    {
        var title = new string('t', 201);
        var body = new string('b', 20_001);
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.DraftAsync(title));
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.DraftAsync(body: body));
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Admin.AnnounceAsync(title));
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Admin.AnnounceAsync(body: body));
        (await coop.Ada.DraftAsync(title[1..], body[1..])).Succeeds();
    }

    [Fact]
    public async Task ClosingTimeOutOfRange_ComesBeforeTheProposal()
    {
        var now = coop.Time.GetUtcNow();
        var id = (await coop.Ada.DraftAsync()).Succeeds().Id;
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.OpenAsync(id, now));
        await RefusesAsync(
            ProblemTypes.InvalidField, () => coop.Ada.OpenAsync(id, now.AddDays(367)));
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.OpenAsync(Nobody, now));
        (await coop.Ada.OpenAsync(id, now.AddDays(366))).Succeeds();
    }

    [Theory]
    [InlineData("POST", "/api/proposals", """{"title":"t"}""")]
    [InlineData("POST", "/api/proposals", """{"title":"t","body":null}""")]
    [InlineData("POST", "/api/proposals", """{"title":1,"body":""}""")]
    [InlineData("POST", "/api/proposals", """{"title":"t","body":"","status":"open"}""")]
    [InlineData("POST", "/api/proposals", """{"title":"t","title":"u","body":""}""")]
    [InlineData("POST", "/api/proposals", """{"title":"t","body":"" """)]
    [InlineData("POST", "/api/proposals", "[]")]
    [InlineData("PUT", "/api/proposals/{open}/vote", """{"choice":"maybe"}""")]
    [InlineData("PUT", "/api/proposals/{open}/vote", """{"choice":0}""")]
    [InlineData("PUT", "/api/proposals/{open}/vote", """{"choice":"yes, no"}""")]
    [InlineData("PUT", "/api/proposals/{open}/vote", """{"choice":"Yes"}""")]
    [InlineData("PUT", "/api/proposals/{open}/vote", "{}")]
    [InlineData("POST", "/api/proposals/{open}/open", """{"closesAt":"2026-05-02T09:00:00"}""")]
    [InlineData("POST", "/api/proposals/{open}/open", """{"closesAt":1777658400}""")]
    public async Task BodyThatIsNotTheOneAskedFor(string method, string path, string body)
    {
        var id = await coop.Ada.OpenedAsync(coop.Tomorrow);
        path = path.Replace("{open}", id.ToString(), StringComparison.Ordinal);
        await RefusesAsync(ProblemTypes.MalformedJson, () => SendAsync(method, path, body));
    }

    [Fact]
    public async Task IdThatIsNone() => await RefusesAsync(
        ProblemTypes.NotFound, () => coop.Ada.GetAsync("/api/proposals/17"));

    [Theory]
    [InlineData("/api/proposals?status=lost")]
    [InlineData("/api/proposals?status=Open")]
    [InlineData("/api/proposals?limit=0")]
    [InlineData("/api/proposals?limit=201")]
    [InlineData("/api/proposals?cursor=x")]
    [InlineData("/api/announcements?limit=0")]
    [InlineData("/api/announcements?cursor=%20")]
    public async Task QueryOutOfRange(string path) =>
        await RefusesAsync(ProblemTypes.InvalidField, () => coop.Ada.GetAsync(path));

    [Fact]
    public async Task OnlyAdministratorsAnnounce()
    {
        await RefusesAsync(ProblemTypes.Forbidden, () => coop.Ada.AnnounceAsync());
        await RefusesAsync(ProblemTypes.NotFound, () => coop.Ada.MarkReadAsync(Nobody));
    }

    [Fact]
    public async Task Strangers()
    {
        var id = await coop.Ada.OpenedAsync(coop.Tomorrow);
        foreach (var (method, path) in new[]
        {
            ("GET", "/api/proposals"), ("POST", "/api/proposals"), ("GET", $"/api/proposals/{id}"),
            ("PUT", $"/api/proposals/{id}"), ("POST", $"/api/proposals/{id}/open"),
            ("POST", $"/api/proposals/{id}/withdraw"), ("PUT", $"/api/proposals/{id}/vote"),
            ("GET", "/api/announcements"), ("POST", "/api/announcements"),
            ("PUT", $"/api/announcements/{id}/read"),
        })
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await coop.Node.Client.SendAsync(
                request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private Task<Answer> SendAsync(string method, string path, string body) => coop.Ada.SendAsync(
        new(method), path, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>The refusal, and no event for it.</summary>
    private async Task RefusesAsync(ProblemType type, Func<Task<Answer>> action)
    {
        var before = await Trail.ReadAsync(coop.Node);
        (await action()).IsRefused(type);
        Assert.Equal(before.Select(e => e.Id), (await Trail.ReadAsync(coop.Node)).Select(e => e.Id));
    }
}
