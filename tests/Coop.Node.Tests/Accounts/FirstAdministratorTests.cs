using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Identity.Keys;
using Coop.Node.Features.Accounts;
using Coop.Node.Hosting;
using Coop.Node.Http;
using Coop.Node.Identity;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class FirstAdministratorTests : IDisposable
{
    // Replicas, and one node's starts, share their keys.
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("coop-first-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_ShowsWhatItOffers_AndWorksOnce()
    {
        await using var node = await TestNode.StartAsync(arguments: ["--COOP_NAME=Acorn"]);
        using (var before = await PreviewAsync(node, node.Link()))
        {
            var preview = await before.Content.ReadFromJsonAsync<JsonElement>(Ct);
            Assert.Equal("Acorn", preview.GetProperty("coopName").GetString());
            Assert.True(preview.GetProperty("firstAdministrator").GetBoolean());
            Assert.Equal("""["admin","member"]""", preview.GetProperty("roles").GetRawText());
        }

        using var admin = await TestMember.EnrolAdministratorAsync(node);

        using var after = await PreviewAsync(node, node.Link());
        await Refused.WithAsync(ProblemTypes.InvitationInvalid, after);
        await Assert.ThrowsAsync<HttpRequestException>(() => TestMember.EnrolAsync(node, node.Link(), "Second"));
        Assert.Equal(1, await Db.CountAsync(node, "members"));
    }

    [Fact]
    public async Task Link_IsTakenOnce_WhenManyRegisterAtOnce()
    {
        await using var node = await TestNode.StartAsync();
        var sessions = Enumerable.Range(0, 6).Select(_ => new PasskeySession(node.Address)).ToList();
        var ceremonies = await Task.WhenAll(sessions.Select(s => s.StartRegistrationAsync(node.Link(), "Alex")));

        var answers = await Task.WhenAll(sessions.Zip(ceremonies, (s, c) => s.SendAsync(
            "/api/passkeys/registration", c, s.Authenticator.Create(c.GetProperty("options")))));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            await Refused.WithAsync(ProblemTypes.InvitationInvalid, answer);
        }

        Assert.Equal(1, await Db.CountAsync(node, "members"));
        Assert.Equal(1, await Db.CountAsync(node, "passkeys"));
        sessions.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Link_IsReplaced_ByTheNextStart()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        string first;
        await using (var node = await StartAsync(database))
        {
            first = node.Link();
        }

        await using var again = await StartAsync(database);
        Assert.NotEqual(first, again.Link());
        using var old = await PreviewAsync(again, first);
        await Refused.WithAsync(ProblemTypes.InvitationInvalid, old);
        using var admin = await TestMember.EnrolAdministratorAsync(again);

        var events = await Db.EventsAsync(again);
        Assert.Equal(["node", "node", "node", "node", admin.Actor], events.Select(e => e.Actor));
    }

    [Fact]
    public async Task Link_IsNotOffered_WhereThereIsAnAdministrator()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using (var node = await StartAsync(database))
        {
            using var admin = await TestMember.EnrolAdministratorAsync(node);
        }

        await using var again = await StartAsync(database);
        Assert.Null(again.Link());
        Assert.Equal(3, (await Db.EventsAsync(again)).Count);
    }

    [Fact]
    public async Task Link_Expires_AfterADay()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var node = await TestNode.StartAsync(time: time);
        time.Advance(FirstAdministrator.LinkLifetime);
        using var response = await PreviewAsync(node, node.Link());
        await Refused.WithAsync(ProblemTypes.InvitationInvalid, response);
    }

    [Fact]
    public async Task ReplicasThatStartTogether_LeaveOneLink()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        var options = new NodeOptions(database.ConnectionString, _data.FullName, new(NodeOptions.DefaultUrl), "Replicas");
        KeyFiles.Log(options.KeyFolder).Dispose();
        NodeKeys.Open(options, generation: 1).Dispose();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => TestNode.StartAsync(database: database, keysFrom: _data)));
        try
        {
            var previews = await Task.WhenAll(nodes.Select(n => PreviewAsync(nodes[0], n.Link())));

            Assert.Single(previews, p => p.StatusCode == HttpStatusCode.OK);
            Assert.Equal(4, await Db.CountAsync(nodes[0], "invitations"));
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task UnknownLinks_AreRefused()
    {
        await using var node = await TestNode.StartAsync();
        var zeros = new string('A', 43);
        foreach (var token in new[] { "", "x", zeros, zeros[..42] + "B", zeros[..42] + "=", zeros[..42] + "\0" })
        {
            using var response = await PreviewAsync(node, token);
            await Refused.WithAsync(ProblemTypes.InvitationInvalid, response);
        }
    }

    public void Dispose() => _data.Delete(recursive: true);

    private Task<TestNode> StartAsync(TestDatabase database) =>
        TestNode.StartAsync(database: database, arguments: [$"--COOP_DATA={_data.FullName}"]);

    private static Task<HttpResponseMessage> PreviewAsync(TestNode node, string link) =>
        node.Client.PostAsJsonAsync("/api/invitations/preview", new { token = PasskeySession.TokenOf(link) }, Ct);
}
