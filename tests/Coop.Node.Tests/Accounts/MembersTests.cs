using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class MembersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ShowsAllMembers_PageByPage()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var ids = new List<Guid> { admin.Id };
        foreach (var name in new[] { "Ada", "Ben", "Cleo", "Dan" })
        {
            using var member = await admin.InviteAsync(node, name);
            ids.Add(member.Id);
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await admin.Client.GetFromJsonAsync<JsonElement>(
                $"/api/members?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}", Ct);
            var items = page.GetProperty("items").EnumerateArray().ToList();
            Assert.InRange(items.Count, 1, 2);
            seen.AddRange(items.Select(i => i.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task List_Refuses_APageThatCannotBe()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        string[] outOfRange =
        [
            "limit=0", "limit=201", "limit=-1", "cursor=AAAA", "cursor=%00", "cursor=!!", "cursor=", "cursor=_-_-",
            $"cursor={new string('A', 404)}",
        ];
        foreach (var query in outOfRange)
        {
            using var response = await admin.Client.GetAsync($"/api/members?{query}", Ct);
            var problem = await Refused.WithAsync(ProblemTypes.InvalidField, response);
            Assert.Equal(query.Split('=')[0], problem.GetProperty("field").GetString());
        }

        foreach (var query in new[] { "limit=ten", "limit=99999999999", "limit=1.5" })
        {
            using var response = await admin.Client.GetAsync($"/api/members?{query}", Ct);
            await Refused.WithAsync(ProblemTypes.BadRequest, response);
        }
    }

    [Fact]
    public async Task Roles_CountAtOnce_ForSessionAndToken()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        Assert.Equal(HttpStatusCode.Forbidden, await ListInvitationsAsync(ada.Client));
        Assert.Equal(HttpStatusCode.Forbidden, await ListInvitationsAsync(ada.Session.Http));

        var granted = await SetRolesAsync(admin, ada.Id, "member", "admin");

        Assert.Equal("""["admin","member"]""", granted.GetProperty("roles").GetRawText());
        Assert.Equal(HttpStatusCode.OK, await ListInvitationsAsync(ada.Client));
        Assert.Equal(HttpStatusCode.OK, await ListInvitationsAsync(ada.Session.Http));
        await SetRolesAsync(ada, admin.Id, "member");
        Assert.Equal(HttpStatusCode.Forbidden, await ListInvitationsAsync(admin.Client));
        var events = await Db.EventsAsync(node);
        var last = events[^1];
        Assert.Equal(ada.Actor, last.Actor);
        Assert.Equal("""{"before":["admin","member"],"id":"ID","roles":["member"]}""".Replace("ID", admin.Id.ToString(), StringComparison.Ordinal), last.Payload.GetRawText());
    }

    [Fact]
    public async Task Roles_ThatAreTheSame_AreNoEvent()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var before = await Db.EventsAsync(node);

        var answer = await SetRolesAsync(admin, admin.Id, "admin", "member");

        Assert.Equal(JsonValueKind.Null, answer.GetProperty("eventId").ValueKind);
        Assert.Equal(before.Count, (await Db.EventsAsync(node)).Count);
    }

    [Fact]
    public async Task LastAdministrator_Stays()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada");
        using var response = await PutRolesAsync(admin, admin.Id, "member");
        await Refused.WithAsync(ProblemTypes.LastAdministrator, response);
    }

    [Fact]
    public async Task AdministratorsWhoDismissEachOtherAtOnce_LeaveOne()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var ada = await admin.InviteAsync(node, "Ada", "admin", "member");
        for (var round = 0; round < 5; round++)
        {
            await SetRolesAsync(admin, admin.Id, "admin", "member");

            var answers = await Task.WhenAll(PutRolesAsync(admin, ada.Id, "member"), PutRolesAsync(ada, admin.Id, "member"));

            // The slower one may find itself dismissed already, or find nobody else left.
            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
            Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.Forbidden);
            Assert.Equal(1, await Db.CountAsync(node, "member_roles", "role = 'admin'"));
            var left = answers[0].StatusCode == HttpStatusCode.OK ? admin : ada;
            await SetRolesAsync(left, admin.Id, "admin", "member");
            await SetRolesAsync(left, ada.Id, "admin", "member");
        }
    }

    [Fact]
    public async Task Roles_AreRefused_WhenNoSetOfRoles()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        string[][] bad = [[], ["admin"], ["member", "member"], ["member", "king"], ["Member"], ["secretary"], ["admin", "auditor"]];
        foreach (var roles in bad)
        {
            using var response = await PutRolesAsync(admin, admin.Id, roles);
            var problem = await Refused.WithAsync(ProblemTypes.InvalidField, response);
            Assert.Equal("roles", problem.GetProperty("field").GetString());
        }
    }

    [Fact]
    public async Task Roles_OfNobody_AreNotFound()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var response = await PutRolesAsync(admin, Guid.Empty, "member");
        await Refused.WithAsync(ProblemTypes.NotFound, response);
        using var noId = await admin.Client.PutAsJsonAsync("/api/members/nobody/roles", new { roles = new[] { "member" } }, Ct);
        await Refused.WithAsync(ProblemTypes.NotFound, noId);
    }

    private static Task<HttpResponseMessage> PutRolesAsync(TestMember by, Guid id, params string[] roles) =>
        by.Client.PutAsJsonAsync($"/api/members/{id}/roles", new { roles }, Ct);

    private static async Task<JsonElement> SetRolesAsync(TestMember by, Guid id, params string[] roles)
    {
        using var response = await PutRolesAsync(by, id, roles);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task<HttpStatusCode> ListInvitationsAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/api/invitations", Ct);
        return response.StatusCode;
    }
}
