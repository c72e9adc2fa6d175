using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class InvitationsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Invitations_ShowWhatBecameOfThem()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        time.Advance(TimeSpan.FromSeconds(1));
        var used = await InviteAsync(admin, new { note = "  Ada, from the bakery ", expiresInHours = 1 });
        using var ada = await TestMember.EnrolAsync(node, used.GetProperty("link").GetString()!, "Ada");
        time.Advance(TimeSpan.FromSeconds(1));
        var revoked = await InviteAsync(admin, new { });
        await RevokeAsync(admin, revoked);
        time.Advance(TimeSpan.FromSeconds(1));
        await InviteAsync(admin, new { expiresInHours = 1 });
        time.Advance(TimeSpan.FromHours(2));
        await InviteAsync(admin, new { roles = new[] { "admin", "member" } });

        var items = (await admin.Client.GetFromJsonAsync<JsonElement>("/api/invitations", Ct))
            .GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["open", "expired", "revoked", "used", "used"],
            items.Select(i => i.GetProperty("status").GetString()));
        Assert.Equal("Ada, from the bakery", items[3].GetProperty("note").GetString());
        Assert.Equal(ada.Id, items[3].GetProperty("usedBy").GetGuid());
        Assert.Equal(admin.Id, items[4].GetProperty("usedBy").GetGuid());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("usedBy").ValueKind);
        Assert.Equal("""["admin","member"]""", items[0].GetProperty("roles").GetRawText());
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromHours(168), items[0].GetProperty("expiresAt").GetDateTimeOffset());
        Assert.DoesNotContain("token", items[0].GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Ada", string.Concat((await Db.EventsAsync(node)).Where(e => e.Actor == admin.Actor).Select(e => e.Payload.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoked_CanNeitherBeUsed_NorRevokedAgain()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var invitation = await InviteAsync(admin, new { });
        using var session = new PasskeySession(node.Address);
        var started = await session.StartRegistrationAsync(invitation.GetProperty("link").GetString()!, "Ada");

        var answer = await RevokeAsync(admin, invitation);

        // A ceremony that began before does not save it.
        using var late = await session.SendAsync(
            "/api/passkeys/registration", started, session.Authenticator.Create(started.GetProperty("options")));
        await Refused.WithAsync(ProblemTypes.InvitationInvalid, late);
        using var again = await admin.Client.DeleteAsync($"/api/invitations/{invitation.GetProperty("id").GetString()}", Ct);
        await Refused.WithAsync(ProblemTypes.InvitationClosed, again);
        Assert.Equal((await Db.EventsAsync(node))[^1].Id, answer.GetProperty("eventId").GetGuid());
    }

    [Fact]
    public async Task RevokingAndUsingAtOnce_EndsInOneOfBoth()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        for (var round = 0; round < 5; round++)
        {
            var invitation = await InviteAsync(admin, new { });
            using var session = new PasskeySession(node.Address);
            var started = await session.StartRegistrationAsync(invitation.GetProperty("link").GetString()!, "Ada");
            var credential = session.Authenticator.Create(started.GetProperty("options"));

            var answers = await Task.WhenAll(
                session.SendAsync("/api/passkeys/registration", started, credential),
                admin.Client.DeleteAsync($"/api/invitations/{invitation.GetProperty("id").GetString()}", Ct));

            Assert.Single(answers, a => a.IsSuccessStatusCode);
            Assert.Single(answers, a => a.StatusCode is HttpStatusCode.Gone or HttpStatusCode.Conflict);
        }
    }

    [Fact]
    public async Task Revoking_WhatIsNotThere_IsNotFound()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var response = await admin.Client.DeleteAsync($"/api/invitations/{Guid.Empty}", Ct);
        await Refused.WithAsync(ProblemTypes.NotFound, response);
    }

    [Theory]
    [InlineData("""{"expiresInHours":0}""", "expiresInHours")]
    [InlineData("""{"expiresInHours":721}""", "expiresInHours")]
    [InlineData("""{"expiresInHours":-9223372036854775808}""", "expiresInHours")]
    [InlineData("""{"roles":[]}""", "roles")]
    [InlineData("""{"roles":["admin"]}""", "roles")]
    [InlineData("""{"note":"a\nb"}""", "note")]
    public async Task Issuing_IsRefused_OutsideItsRanges(string body, string field)
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await admin.Client.PostAsync("/api/invitations", content, Ct);
        var problem = await Refused.WithAsync(ProblemTypes.InvalidField, response);
        Assert.Equal(field, problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Name_IsChecked_AtTheStartOfEnrolment()
    {
        await using var node = await TestNode.StartAsync();
        foreach (var name in new[] { "", "   ", "a\u0007b", "a\nb", new string('x', 101), "\u202Eevil" })
        {
            using var response = await node.Client.PostAsJsonAsync(
                "/api/passkeys/registration/options",
                new { invitation = PasskeySession.TokenOf(node.Link()), name },
                Ct);
            await Refused.WithAsync(ProblemTypes.InvalidField, response);
        }

        // A hundred characters that need two code units each are still a hundred.
        using var session = new PasskeySession(node.Address);
        var answer = await session.RegisterAsync(node.Link(), $" {string.Concat(Enumerable.Repeat("🌱", 100))} ");
        Assert.Equal(200, answer.GetProperty("member").GetProperty("name").GetString()!.Length);
    }

    private static async Task<JsonElement> InviteAsync(TestMember by, object request)
    {
        using var response = await by.Client.PostAsJsonAsync("/api/invitations", request, Ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private static async Task<JsonElement> RevokeAsync(TestMember by, JsonElement invitation)
    {
        using var response = await by.Client.DeleteAsync($"/api/invitations/{invitation.GetProperty("id").GetString()}", Ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
