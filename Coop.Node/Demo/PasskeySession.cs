using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coop.Node.Demo;

/// <summary>
/// What a member's browser does: passkey ceremonies over the HTTP API, with a cookie jar and the header
/// Origin.
/// </summary>
public sealed class PasskeySession : IDisposable
{
    /// <param name="address">Where a node serves.</param>
    /// <param name="authenticator">Brings passkeys from an earlier session; default a new one.</param>
    public PasskeySession(Uri address, SoftAuthenticator? authenticator = null)
    {
        Authenticator = authenticator ?? new SoftAuthenticator();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = Cookies })
        {
            BaseAddress = address,
        };
        Http.DefaultRequestHeaders.Add("Origin", Authenticator.Origin);
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Carries the session cookie once somebody signed in.</summary>
    public HttpClient Http { get; }

    public SoftAuthenticator Authenticator { get; }

    /// <summary>The token in an invitation's link.</summary>
    public static string TokenOf(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link[(link.LastIndexOf('/') + 1)..];
    }

    /// <summary>Begins to enrol: {ceremony, options}.</summary>
    public Task<JsonElement> StartRegistrationAsync(string link, string name) => AnswerAsync(
        Http.PostAsJsonAsync(
            "/api/passkeys/registration/options", new { invitation = TokenOf(link), name }));

    /// <summary>Begins to sign in: {ceremony, options}.</summary>
    public Task<JsonElement> StartAssertionAsync() => AnswerAsync(
        Http.PostAsJsonAsync("/api/passkeys/assertion/options", new { }));

    /// <summary>Enrols; the answer is {member, eventId}.</summary>
    public async Task<JsonElement> RegisterAsync(string link, string name)
    {
        var started = await StartRegistrationAsync(link, name);
        return await AnswerAsync(SendAsync(
            "/api/passkeys/registration", started, Authenticator.Create(started.GetProperty("options"))));
    }

    /// <summary>Signs in; the answer is {member}.</summary>
    public async Task<JsonElement> SignInAsync()
    {
        var started = await StartAssertionAsync();
        return await AnswerAsync(SendAsync(
            "/api/passkeys/assertion", started, Authenticator.Get(started.GetProperty("options"))));
    }

    /// <summary>A bearer token of the member who is signed in.</summary>
    public async Task<string> IssueTokenAsync() =>
        (await AnswerAsync(Http.PostAsJsonAsync("/api/tokens", new { })))
            .GetProperty("accessToken").GetString()!;

    /// <summary>Brings a ceremony's credential.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, JsonElement started, JsonObject credential) =>
        Http.PostAsJsonAsync(path, new JsonObject
        {
            ["ceremony"] = started.GetProperty("ceremony").GetString(),
            ["credential"] = credential,
        });

    public void Dispose()
    {
        Http.Dispose();
        Authenticator.Dispose();
    }

    private static async Task<JsonElement> AnswerAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(body)
            : throw new HttpRequestException($"{(int)response.StatusCode}: {body}");
    }
}
