using System.Text.Json;

namespace Coop.Node.Demo;

/// <summary>Somebody who uses a demo's co-op over HTTP, as a browser would: a passkey, and a session.</summary>
internal sealed class DemoMember : IDisposable
{
    private readonly PasskeySession _session;
    private int _keys;

    private DemoMember(PasskeySession session, JsonElement member)
    {
        _session = session;
        Id = member.GetProperty("id").GetGuid();
        Name = member.GetProperty("name").GetString()!;
    }

    public Guid Id { get; }

    public string Name { get; }

    /// <summary>Joins with an invitation's link.</summary>
    public static async Task<DemoMember> JoinAsync(Uri address, string link, string name)
    {
        var session = new PasskeySession(address, NewAuthenticator(address));
        return new(session, (await session.RegisterAsync(link, name)).GetProperty("member"));
    }

    /// <summary>Comes back with a passkey.</summary>
    public static async Task<DemoMember> ReturnAsync(Uri address, byte[] passkey)
    {
        var session = new PasskeySession(address, new SoftAuthenticator(passkey));
        return new(session, (await session.SignInAsync()).GetProperty("member"));
    }

    public byte[] ExportPasskey() => _session.Authenticator.Export();

    /// <summary>Invites somebody, who joins; this member has to be an administrator.</summary>
    public async Task<DemoMember> InviteAsync(string name, params string[] roles) =>
        await JoinAsync(_session.Http.BaseAddress!, await InvitationAsync(name, roles), name);

    /// <summary>The link of an invitation.</summary>
    public async Task<string> InvitationAsync(string note, params string[] roles) =>
        (await PostAsync("/api/invitations", new { roles, note })).GetProperty("link").GetString()!;

    public Task<JsonElement> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<JsonElement> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);

    public Task<JsonElement> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public void Dispose() => _session.Dispose();

    private static SoftAuthenticator NewAuthenticator(Uri address) =>
        new() { Origin = address.GetLeftPart(UriPartial.Authority), Counts = false };

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add(Idempotency.IdempotencyKey.Header, $"{Id}-{++_keys}");
        using var response = await _session.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonElement.Parse(text.Length == 0 ? "null" : text)
            : throw new DemoException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
