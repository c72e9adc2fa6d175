using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Log;
using Coop.Node.Features.Erasure;
using Coop.Node.Log;
using Coop.Node.Tests.Accounts;
using Coop.Testing;

namespace Coop.Node.Tests.Claims;

/// <summary>What may be erased, by whom, and when.</summary>
public sealed class ErasureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Private_IsErasedByItsActor_TheRestByAdministrators()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        var news = await ExchangeNode.PostAsync(admin.Client, "/api/announcements", new { title = "T", body = "B" });
        var published = news.GetProperty("eventId").GetGuid();
        await ReadAsync(ada, news.GetProperty("id").GetGuid());
        var reading = await LastAsync(ada, "announcement.read");
        await Pair.InLogAsync(ada, reading);
        await Pair.InLogAsync(ada, published);

        await RefusesAsync(admin, reading, "forbidden", HttpStatusCode.Forbidden);
        await RefusesAsync(ada, published, "forbidden", HttpStatusCode.Forbidden);
        Assert.True((await Pair.GetAsync(ada.Client, $"/api/log/events/{reading}")).GetProperty("isErasable").GetBoolean());
        await ErasesAsync(ada, reading);
        await ErasesAsync(admin, published);
        Assert.False((await Pair.GetAsync(ada.Client, $"/api/log/events/{reading}")).GetProperty("isErasable").GetBoolean());
    }

    [Fact]
    public async Task Votes_AreKeptWhileTheVoteRuns()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var draft = await ExchangeNode.PostAsync(admin.Client, "/api/proposals", new { title = "T", body = "B" });
        var id = draft.GetProperty("id").GetGuid();
        await ExchangeNode.PostAsync(
            admin.Client, $"/api/proposals/{id}/open", new { closesAt = TimeProvider.System.GetUtcNow().AddSeconds(65) });
        using var vote = await admin.Client.PutAsJsonAsync($"/api/proposals/{id}/vote", new { choice = "yes" }, Ct);
        vote.EnsureSuccessStatusCode();
        var cast = await LastAsync(admin, "vote.cast");
        var opened = await LastAsync(admin, "proposal.opened");
        await Pair.InLogAsync(admin, cast);

        await RefusesAsync(admin, cast, "not-erasable", HttpStatusCode.Conflict);
        await RefusesAsync(admin, opened, "not-erasable", HttpStatusCode.Conflict);
        await ClaimTests.ExecuteAsync(node, "UPDATE proposals SET status = 'closed', closed_at = closes_at, yes_count = 1, no_count = 0, abstain_count = 0, eligible_count = 1");
        await ErasesAsync(admin, cast);
    }

    [Fact]
    public async Task Books_AreKept_AndSoIsAStandingConsent()
    {
        await using var pair = await Pair.StartAsync();
        using var ada = await pair.MemberAsync("Ada", "membership");
        await ExchangeNode.PostAsync(
            pair.Acorn.Admin.Client, "/api/ledger/units", new { code = "EUR", name = "Euro", scale = 2, kind = "money" });
        var unit = await LastAsync(pair.Acorn.Admin, "unit.created");
        var consent = await LastAsync(ada, "consent.given");
        await Pair.InLogAsync(ada, consent);
        await Pair.InLogAsync(ada, unit);

        await RefusesAsync(pair.Acorn.Admin, unit, "not-erasable", HttpStatusCode.Conflict);
        await RefusesAsync(ada, consent, "not-erasable", HttpStatusCode.Conflict);
        var id = (await Pair.GetAsync(ada.Client, "/api/me/consents")).GetProperty("consents")[0].GetProperty("id").GetGuid();
        using var withdrawn = await ada.Client.DeleteAsync($"/api/me/consents/{id}", Ct);
        await ErasesAsync(ada, consent);
    }

    [Fact]
    public async Task ErasingACredentialsEvent_WithdrawsTheClaim()
    {
        await using var pair = await Pair.StartAsync();
        using var ada = await pair.MemberAsync("Ada", "membership");
        using var sent = await pair.SendAboutAsync(ada, "membership");
        var claim = JsonElement.Parse(await sent.Content.ReadAsStringAsync(Ct)).GetProperty("id").GetGuid();
        await pair.SentAsync(claim, "received");
        var issued = await LastAsync(pair.Acorn.Admin, "credential.issued");
        await Pair.InLogAsync(pair.Acorn.Admin, issued);

        await ErasesAsync(pair.Acorn.Admin, issued);

        await pair.SentAsync(claim, "withdrawn");
        Assert.Equal(0, await Db.CountAsync(pair.Birch.Node, "claims_received", "body IS NOT NULL"));
    }

    [Fact]
    public void EveryType_HasARule_AndWhatIsUnknownIsKept()
    {
        var types = typeof(EventTypes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToList();
        string[] prefixes = ["unit.", "account.", "journal.", "peering.", "checkpoint.", "equivocation.", "claim.", "payload."];

        Assert.Equal(Erasability.Never, ErasureRules.Of("something.new"));
        Assert.All(
            types.Where(t => prefixes.Any(p => t.StartsWith(p, StringComparison.Ordinal))),
            t => Assert.Equal(Erasability.Never, ErasureRules.Of(t)));
        Assert.Equal(Erasability.AfterDecision, ErasureRules.Of(EventTypes.VoteCast));
        Assert.Equal(Erasability.Free, ErasureRules.Of(EventTypes.MemberJoined));
    }

    [Theory]
    [InlineData(Visibility.Private, "actor", false, true)]
    [InlineData(Visibility.Private, "actor", true, true)]
    [InlineData(Visibility.Private, "member", false, false)]
    [InlineData(Visibility.Private, "member", true, false)]
    [InlineData(Visibility.Private, "admin", false, false)]
    [InlineData(Visibility.Private, "admin", true, true)]
    [InlineData(Visibility.Members, "actor", true, false)]
    [InlineData(Visibility.Members, "member", true, false)]
    [InlineData(Visibility.Members, "admin", false, true)]
    [InlineData(Visibility.Public, "actor", true, false)]
    [InlineData(Visibility.Public, "admin", false, true)]
    public void Erasing_IsAllowedTo(Visibility visibility, string who, bool isLegalRequest, bool isAllowed) => Assert.Equal(
        isAllowed, ErasureRules.IsAllowed(visibility, who == "actor", who == "admin", isLegalRequest));

    [Fact]
    public async Task Private_IsErasedByAnAdministrator_OnALegalRequestAlone_AndTheEventSaysSo()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        using var bo = await admin.InviteAsync(node, "Bo");
        var news = await ExchangeNode.PostAsync(admin.Client, "/api/announcements", new { title = "T", body = "B" });
        await ReadAsync(ada, news.GetProperty("id").GetGuid());
        var reading = await LastAsync(ada, "announcement.read");
        await Pair.InLogAsync(ada, reading);
        var request = new { reason = "Request under article 17", isLegalRequest = true };

        using var byMember = await bo.Client.PostAsJsonAsync($"/api/log/events/{reading}/erasure", request, Ct);
        Assert.Equal("forbidden", await Pair.ProblemAsync(byMember, HttpStatusCode.Forbidden));
        await RefusesAsync(admin, reading, "forbidden", HttpStatusCode.Forbidden);
        using var byAdmin = await admin.Client.PostAsJsonAsync($"/api/log/events/{reading}/erasure", request, Ct);
        Assert.Equal(HttpStatusCode.OK, byAdmin.StatusCode);

        var erased = JsonElement.Parse(await byAdmin.Content.ReadAsStringAsync(Ct)).GetProperty("eventId").GetGuid();
        var said = (await Pair.GetAsync(bo.Client, $"/api/log/events/{erased}")).GetProperty("payload");
        Assert.Equal(("Request under article 17", true), (said.GetProperty("reason").GetString(), said.GetProperty("legalRequest").GetBoolean()));
        var gone = await Pair.GetAsync(ada.Client, $"/api/log/events/{reading}");
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("payload").ValueKind);
        Assert.Equal(0, await Db.CountAsync(node, "event_payloads", $"event_id = '{reading}' AND payload <> ''"));
    }

    private static async Task ReadAsync(TestMember member, Guid announcement)
    {
        using var read = await member.Client.PutAsync($"/api/announcements/{announcement}/read", null, Ct);
        read.EnsureSuccessStatusCode();
    }

    private static async Task<Guid> LastAsync(TestMember reader, string type)
    {
        var events = await Pair.GetAsync(reader.Client, "/api/log/events?limit=200");
        return events.GetProperty("items").EnumerateArray()
            .First(e => e.GetProperty("type").GetString() == type).GetProperty("id").GetGuid();
    }

    private static async Task ErasesAsync(TestMember member, Guid eventId)
    {
        using var erased = await CommonsTests.EraseAsync(member, eventId, "A test");
        Assert.True(erased.IsSuccessStatusCode, await erased.Content.ReadAsStringAsync(Ct));
        var read = await Pair.GetAsync(member.Client, $"/api/log/events/{eventId}");
        Assert.Equal(JsonValueKind.Object, read.GetProperty("erased").ValueKind);
        Assert.Equal(JsonValueKind.Null, read.GetProperty("payload").ValueKind);
    }

    private static async Task RefusesAsync(TestMember member, Guid eventId, string problem, HttpStatusCode status)
    {
        await Pair.InLogAsync(member, eventId);
        using var refused = await CommonsTests.EraseAsync(member, eventId, "A test");
        Assert.Equal(problem, await Pair.ProblemAsync(refused, status));
    }
}
