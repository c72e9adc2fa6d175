using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Testing;

namespace Coop.Node.Tests.Exchange;

/// <summary>A browser at a co-op's sign-in page, of somebody who is no member there.</summary>
internal sealed class GuestBrowser(TestNode node) : IDisposable
{
    private readonly PasskeySession _session = new(node.Address);

    public HttpClient Http => _session.Http;

    public Task<JsonElement> BeginAsync() => ExchangeNode.PostAsync(Http, "/api/guest-sign-ins", new { });

    public Task<JsonElement> OutcomeAsync(JsonElement begun) =>
        ExchangeNode.PostAsync(Http, OutcomeAddress(begun), new { });

    public async Task<HttpStatusCode> OutcomeStatusAsync(JsonElement begun)
    {
        using var response = await Http.PostAsJsonAsync(
            OutcomeAddress(begun), new { }, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => _session.Dispose();

    private static string OutcomeAddress(JsonElement begun) => $"/api/guest-sign-ins/{begun.GetProperty("id").GetGuid():D}/outcome";
}
