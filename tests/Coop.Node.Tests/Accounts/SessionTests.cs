using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Coop.Node.Features.Accounts;
using Coop.Node.Http;
using Coop.Node.Tests.Http;
using Coop.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Coop.Node.Tests.Accounts;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Start = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://localhost:5080", "coop=", false)]
    [InlineData("https://acorn.example", "__Host-coop=", true)]
    public async Task Cookie_IsForThisOriginAlone(string publicUrl, string name, bool secure)
    {
        await using var node = await TestNode.StartAsync(arguments: [$"--COOP_PUBLIC_URL={publicUrl}"]);
        using var session = new PasskeySession(node.Address);
        session.Authenticator.Origin = publicUrl;
        session.Http.DefaultRequestHeaders.Remove("Origin");
        session.Http.DefaultRequestHeaders.Add("Origin", publicUrl);
        var link = node.Link();
        var started = await session.StartRegistrationAsync(link, "Alex");

        using var response = await session.SendAsync(
            "/api/passkeys/registration", started, session.Authenticator.Create(started.GetProperty("options")));

        Assert.StartsWith($"{publicUrl}/#/join/", link, StringComparison.Ordinal);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Session_Ends_WhenSignedOut()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);

        using var signOut = await admin.Session.Http.PostAsync("/api/sign-out", null, Ct);
        using var me = await admin.Session.Http.GetAsync("/api/me", Ct);

        Assert.Equal(HttpStatusCode.NoContent, signOut.StatusCode);
        await Refused.WithAsync(ProblemTypes.NotSignedIn, me);
    }

    [Fact]
    public async Task Session_Ends_WhenIdle()
    {
        var time = new FakeTimeProvider(Start);
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var cookie = admin.Session.Cookies.GetCookieHeader(node.Address);

        time.Advance(Sessions.MaxIdle - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(node, cookie));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, cookie));
    }

    [Fact]
    public async Task Session_Slides_ButNotForEver()
    {
        var time = new FakeTimeProvider(Start);
        await using var node = await TestNode.StartAsync(time: time);
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var step = Sessions.MaxIdle * 0.75;
        var cookie = admin.Session.Cookies.GetCookieHeader(node.Address);
        var lived = TimeSpan.Zero;
        for (; lived + step < Sessions.MaxAge; lived += step)
        {
            time.Advance(step);
            var (status, renewed) = await GetAsync(node, cookie);
            Assert.Equal(HttpStatusCode.OK, status);
            cookie = renewed ?? throw new InvalidOperationException("The session did not slide.");
        }

        time.Advance(step);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, cookie));
    }

    [Fact]
    public async Task Session_IsRefused_WhenTampered()
    {
        await using var node = await TestNode.StartAsync();
        await using var other = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var elsewhere = await TestMember.EnrolAdministratorAsync(other);
        var cookie = admin.Session.Cookies.GetCookieHeader(node.Address);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(node, cookie));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, cookie[..^9] + "AAAAAAAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, "coop=chunks-2"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(node, elsewhere.Session.Cookies.GetCookieHeader(other.Address)));
    }

    [Fact]
    public async Task Session_SurvivesARestart_AndSoDoesTheTokenKey()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        var folder = Directory.CreateTempSubdirectory("coop-restart-");
        try
        {
            string cookie;
            string token;
            await using (var node = await TestNode.StartAsync(database: database, arguments: [$"--COOP_DATA={folder.FullName}"]))
            {
                using var admin = await TestMember.EnrolAdministratorAsync(node);
                cookie = admin.Session.Cookies.GetCookieHeader(node.Address);
                token = await admin.Session.IssueTokenAsync();
            }

            await using var again = await TestNode.StartAsync(database: database, arguments: [$"--COOP_DATA={folder.FullName}"]);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, cookie));
            again.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, cookie: null));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task KeyFiles_AreClosedToOthers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes.");
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        await admin.Session.IssueTokenAsync();
        var keys = new DirectoryInfo(Path.Combine(node.DataFolder.FullName, "keys"));

        var seals = Assert.Single(keys.EnumerateDirectories());
        const UnixFileMode Others = (UnixFileMode)0b000_111_111;
        Assert.Equal((UnixFileMode)0, keys.UnixFileMode & Others);
        Assert.Equal((UnixFileMode)0, seals.UnixFileMode & Others);
        Assert.NotEmpty(seals.EnumerateFiles());
        Assert.All(keys.EnumerateFiles(), f => Assert.Equal((UnixFileMode)0, f.UnixFileMode & Others));
    }

    [Fact]
    public async Task Session_IsNotUsed_WhenAnotherSiteAsks()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var cookie = admin.Session.Cookies.GetCookieHeader(node.Address);
        (string? Origin, string? FetchSite)[] foreign =
        [
            ("http://evil.example", null), ("http://localhost:5081", null), ("null", null), (null, "cross-site"),
            (null, "same-site"), (null, "none"), (null, null), ("http://evil.example", "same-origin"),
        ];
        foreach (var (origin, fetchSite) in foreign)
        {
            using var post = await PostAsync(node, "/api/invitations", origin, fetchSite, cookie);
            await Refused.WithAsync(ProblemTypes.CrossOrigin, post);
            using var signOut = await PostAsync(node, "/api/sign-out", origin, fetchSite, cookie);
            await Refused.WithAsync(ProblemTypes.CrossOrigin, signOut);
        }

        var invitations = await admin.Client.GetFromJsonAsync<JsonElement>("/api/invitations", Ct);
        Assert.Single(invitations.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Session_IsUsed_WhenOurPagesAsk()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        var cookie = admin.Session.Cookies.GetCookieHeader(node.Address);
        (string? Origin, string? FetchSite)[] own =
            [("http://localhost:5080", null), ("http://localhost:5080", "same-origin"), (null, "same-origin")];
        foreach (var (origin, fetchSite) in own)
        {
            using var response = await PostAsync(node, "/api/invitations", origin, fetchSite, cookie);
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    [Fact]
    public async Task SignIn_IsRefused_WhenAnotherSiteAsks()
    {
        await using var node = await TestNode.StartAsync();
        using var response = await PostAsync(
            node, "/api/passkeys/assertion/options", "http://evil.example", "cross-site", cookie: null);
        await Refused.WithAsync(ProblemTypes.CrossOrigin, response);
    }

    [Fact]
    public async Task Token_NeedsNoOrigin()
    {
        await using var node = await TestNode.StartAsync();
        using var admin = await TestMember.EnrolAdministratorAsync(node);
        using var response = await admin.Client.PostAsJsonAsync("/api/invitations", new { }, Ct);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(
        TestNode node, string path, string? origin, string? fetchSite, string? cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = node.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[] { ("Origin", origin), ("Sec-Fetch-Site", fetchSite), ("Cookie", cookie) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await client.SendAsync(request, Ct);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestNode node, string? cookie) =>
        (await GetAsync(node, cookie)).Status;

    private static async Task<(HttpStatusCode Status, string? Renewed)> GetAsync(TestNode node, string? cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = node.Client.DefaultRequestHeaders.Authorization;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await client.SendAsync(request, Ct);
        return (response.StatusCode, response.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : null);
    }
}
