using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class EnrolmentTests
{
    [Fact]
    public async Task Administrator_EnrolsThroughTheLink_AndInvitesAMember()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node, "Alex");
        using var ada = await admin.InviteAsync(node, "Ada");

        var me = await ada.Client.GetFromJsonAsync<JsonElement>("/api/me", TestContext.Current.CancellationToken);

        Assert.Equal(ada.Id, me.GetProperty("id").GetGuid());
        Assert.Equal("Ada", me.GetProperty("name").GetString());
        Assert.Equal(["member"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(ada.Actor, me.GetProperty("actor").GetString());
        var byCookie = await admin.Session.Http.GetFromJsonAsync<JsonElement>("/api/me", TestContext.Current.CancellationToken);
        Assert.Equal(["admin", "member"], byCookie.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task Me_IsRefused_WithoutSession()
    {
        await using var node = await TestNode.StartAsync();
        using var response = await node.Client.GetAsync("/api/me", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
