using System.Net;
using System.Text;
using Coop.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Coop.Node.Tests.Http;

public sealed class AuthorizationTests
{
    [Fact]
    public async Task EveryEndpoint_SaysWhoMayUseIt()
    {
        await using var node = await TestNode.StartAsync();

        var silent = Endpoints.Of(node)
            .Where(e => e.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
                && e.Endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(e => Endpoints.NameOf(e.Method, e.Endpoint));

        Assert.Empty(silent);
    }

    [Fact]
    public async Task EveryEndpoint_HasARow_AndEveryRowAnEndpoint()
    {
        await using var node = await TestNode.StartAsync();

        var names = Endpoints.Of(node).Select(e => Endpoints.NameOf(e.Method, e.Endpoint)).ToList();

        Assert.Empty(names.Except(AuthorizationMatrix.Rows.Keys));
        Assert.Empty(AuthorizationMatrix.Rows.Keys.Except(names));
    }

    [Fact]
    public async Task EveryEndpoint_ServesItsAudience_AndNobodyElse()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var member = await admin.InviteAsync(node, "Ada");
        using var secretary = await admin.InviteAsync(node, "Selma", "member", "secretary");
        using var treasurer = await admin.InviteAsync(node, "Tess", "member", "treasurer");
        using var auditor = await admin.InviteAsync(node, "Otto", "auditor");
        Caller[] officers =
        [
            new("a secretary with a token", "secretary", secretary.Client),
            new("a treasurer with a token", "treasurer", treasurer.Client),
            new("an auditor with a token", "auditor", auditor.Client),
            new("an auditor with a session", "auditor", node.Client, CookieOf(node, auditor)),
        ];
        var guest = new Caller("a guest", "guest", node.Client, await GuestCookie.OfAsync(node, admin));
        var wrong = new List<string>();
        foreach (var (method, endpoint) in Endpoints.Of(node))
        {
            var name = Endpoints.NameOf(method, endpoint);
            foreach (var caller in Callers(node, admin, member).Append(guest).Concat(officers))
            {
                using var response = await SendAsync(caller, method, endpoint);
                var expected = Expected(AuthorizationMatrix.Rows[name], method, caller);
                if (Outcome(response) != expected)
                {
                    wrong.Add($"{name} as {caller.Name}: {(int)response.StatusCode}, expected {expected}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>401 or 403; anything else that is no failure of the server counts as served.</summary>
    private static string Outcome(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => "not signed in",
        HttpStatusCode.Forbidden => "forbidden",
        HttpStatusCode.MethodNotAllowed or HttpStatusCode.UnsupportedMediaType => "not reached",
        HttpStatusCode.InternalServerError => "failed",
        _ => "served",
    };

    private static string Expected(Audience audience, string method, Caller caller) => (audience, caller.Role) switch
    {
        (Audience.Everyone, _) => "served",
        (Audience.HolderOfAccessToken or Audience.Peers, _) => "not signed in",
        (_, null) => "not signed in",
        (Audience.MembersInBrowser, not "guest") => caller.HasCookie ? "served" : "not signed in",
        (Audience.MembersOfTheirOwn, "auditor") => "forbidden",
        (_, "auditor") => method == "GET" ? "served" : "forbidden",
        (Audience.MembersAndGuests, _) or (_, "admin") => "served",
        (_, "guest") => "forbidden",
        (Audience.Members or Audience.MembersOfTheirOwn, _) => "served",
        (Audience.Office, "secretary") or (Audience.Bookkeepers, "treasurer") => "served",
        _ => "forbidden",
    };

    // Without a cookie jar: the row that signs out must not sign out the rows after it.
    private static IReadOnlyList<Caller> Callers(TestNode node, TestMember admin, TestMember member) =>
    [
        new("nobody", null, node.Client),
        new("a member with a token", "member", member.Client),
        new("an administrator with a token", "admin", admin.Client),
        new("a member with a session", "member", node.Client, CookieOf(node, member)),
        new("an administrator with a session", "admin", node.Client, CookieOf(node, admin)),
    ];

    private static string CookieOf(TestNode node, TestMember member) =>
        member.Session.Cookies.GetCookieHeader(node.Address);

    private static async Task<HttpResponseMessage> SendAsync(
        Caller caller, string method, RouteEndpoint endpoint)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method == "ANY" ? "GET" : method), Endpoints.AddressOf(endpoint));
        request.Headers.Add("Origin", "http://localhost:5080");
        request.Headers.Add("X-Idempotency-Key", "matrix");
        if (caller.Cookie is not null)
        {
            request.Headers.Add("Cookie", caller.Cookie);
        }

        if (Endpoints.BodyOf(endpoint) is not null)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return await caller.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private sealed record Caller(string Name, string? Role, HttpClient Client, string? Cookie = null)
    {
        public bool HasCookie => Cookie is not null;
    }
}
