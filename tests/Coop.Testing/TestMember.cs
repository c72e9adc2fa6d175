using System.Net.Http.Json;
using System.Text.Json;
using Coop.Node.Features.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Testing;

/// <summary>
/// A member of a test node, enrolled over the HTTP API with a passkey of its own. Whoever holds one need
/// not dispose of it: it owns a few sockets, which go with the node.
/// </summary>
public sealed class TestMember : IDisposable
{
    private TestMember(TestNode node, PasskeySession session, JsonElement member)
    {
        Session = session;
        Id = member.GetProperty("id").GetGuid();
        Actor = member.GetProperty("actor").GetString()!;
        Name = member.GetProperty("name").GetString()!;
        var time = node.Services.GetRequiredService<TimeProvider>();
        Client = new HttpClient(new BearerHandler(session, time)) { BaseAddress = node.Address };
    }

    public Guid Id { get; }

    /// <summary><c>member:</c> and the pseudonym.</summary>
    public string Actor { get; }

    public string Name { get; }

    /// <summary>Sends a bearer token, a fresh one whenever the node's clock has passed the last one's end.</summary>
    public HttpClient Client { get; }

    /// <summary>The member's browser: cookie session and passkey.</summary>
    public PasskeySession Session { get; }

    /// <summary>Enrols the first administrator, through the link that the node printed.</summary>
    public static Task<TestMember> EnrolAdministratorAsync(TestNode node, string name = "Alex Admin")
    {
        ArgumentNullException.ThrowIfNull(node);
        var link = node.Services.GetRequiredService<FirstAdministrator>().Link
            ?? throw new InvalidOperationException("This node had an administrator when it started.");
        return EnrolAsync(node, link, name);
    }

    /// <summary>Enrols whoever holds the link.</summary>
    public static async Task<TestMember> EnrolAsync(TestNode node, string link, string name)
    {
        var session = new PasskeySession(node.Address);
        var answer = await session.RegisterAsync(link, name);
        return new TestMember(node, session, answer.GetProperty("member"));
    }

    /// <summary>Invites somebody, who enrols; this member has to be an administrator.</summary>
    public async Task<TestMember> InviteAsync(TestNode node, string name, params string[] roles)
    {
        using var response = await Client.PostAsJsonAsync(
            "/api/invitations", new { roles = roles is [] ? ["member"] : roles });
        response.EnsureSuccessStatusCode();
        var invitation = await response.Content.ReadFromJsonAsync<JsonElement>();
        return await EnrolAsync(node, invitation.GetProperty("link").GetString()!, name);
    }

    public void Dispose()
    {
        Client.Dispose();
        Session.Dispose();
    }
}
