using System.Net.Http.Json;
using System.Text.Json;

namespace Coop.EndToEnd.Tests.Browser;

/// <summary>The browser in which somebody signs in at another co-op; it keeps the cookie that ties the request to it.</summary>
internal sealed class GuestBrowser : IDisposable
{
    private readonly HttpClient _http;
    private Guid _id;

    public GuestBrowser(Uri node)
    {
        _http = new HttpClient { BaseAddress = node };
        _http.DefaultRequestHeaders.Add("Origin", node.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Begins to sign in; the link for the wallet.</summary>
    public async Task<string> BeginAsync()
    {
        var begun = await PostAsync("/api/guest-sign-ins");
        _id = begun.GetProperty("id").GetGuid();
        return begun.GetProperty("link").GetString()!;
    }

    /// <summary>What has become of it.</summary>
    public Task<JsonElement> OutcomeAsync() => PostAsync($"/api/guest-sign-ins/{_id:D}/outcome");

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path)
    {
        using var response = await _http.PostAsJsonAsync(path, new { });
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
