using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Coop.Node.Tests.Exchange;

/// <summary>The way of a credential from a co-op to a wallet, and of the wallet's presentation to another co-op.</summary>
internal static class GuestVisits
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<string> FetchAsync(TestMember member, TestWallet wallet, string format)
    {
        var offer = await ExchangeNode.OfferAsync(member, new { type = "membership" });
        return await wallet.AcceptAsync(
            offer.GetProperty("link").GetString()!, offer.GetProperty("txCode").GetString()!, format);
    }

    public static Task<JsonObject> ReadAsync(ExchangeNode node, JsonElement begun, TestWallet wallet) =>
        wallet.ReadRequestAsync(begun.GetProperty("link").GetString()!, node.Node.Services.GetRequiredService<IDidResolver>());

    public static async Task<HttpResponseMessage> PresentAsync(
        ExchangeNode node, JsonElement begun, TestWallet wallet, string credential, string format,
        string? audience = null, string? nonce = null)
    {
        var request = await ReadAsync(node, begun, wallet);
        var presentation = wallet.Present(
            credential, format, audience ?? request["client_id"]!.GetValue<string>(), nonce ?? request["nonce"]!.GetValue<string>());
        return await wallet.RespondAsync(request, format, presentation);
    }

    /// <summary>Why the co-op lets nobody in; null where it does.</summary>
    public static async Task<string?> RefusalAsync(
        ExchangeNode node, TestWallet wallet, string credential, string format, string? audience = null, string? nonce = null)
    {
        using var browser = new GuestBrowser(node.Node);
        var begun = await browser.BeginAsync();
        using var answer = await PresentAsync(node, begun, wallet, credential, format, audience, nonce);
        var outcome = await browser.OutcomeAsync(begun);
        var refusal = outcome.GetProperty("refusal").GetString();
        Assert.Equal(refusal is null, answer.IsSuccessStatusCode);
        Assert.Equal(refusal is null ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/api/me", Ct)).StatusCode);
        return refusal;
    }
}
