using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Keys;
using Coop.Testing;
using static Coop.Node.Tests.Exchange.GuestVisits;

namespace Coop.Node.Tests.Exchange;

/// <summary>
/// Two real nodes, Acorn and Birch, and the wallet of a member of Acorn: the credential goes from the one
/// to the wallet, and from the wallet to the other.
/// </summary>
public sealed class JourneyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MemberOfOne_IsGuestOfTheOther_InEveryFormat()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var birch = await ExchangeNode.StartAsync("Birch");
        await birch.TrustAsync(acorn, "Acorn");
        using var ada = await acorn.Admin.InviteAsync(acorn.Node, "Ada");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        foreach (var format in new[] { "dc+sd-jwt", "ldp_vc", "vc+jwt", "jwt_vc_json" })
        {
            var credential = await FetchAsync(ada, wallet, format);
            using var browser = new GuestBrowser(birch.Node);
            var begun = await browser.BeginAsync();
            Assert.Equal("waiting", (await browser.OutcomeAsync(begun)).GetProperty("state").GetString());

            using var answer = await PresentAsync(birch, begun, wallet, credential, format);

            Assert.True(answer.IsSuccessStatusCode, format + ": " + await answer.Content.ReadAsStringAsync(Ct));
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            using var stranger = new GuestBrowser(birch.Node);
            Assert.Equal(HttpStatusCode.Gone, await stranger.OutcomeStatusAsync(begun));
            var outcome = await browser.OutcomeAsync(begun);
            Assert.Equal("admitted", outcome.GetProperty("state").GetString());
            var me = await browser.Http.GetFromJsonAsync<JsonElement>("/api/me", Ct);
            Assert.Equal("Ada", me.GetProperty("name").GetString());
            Assert.Equal("guest", Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.Http.GetAsync("/api/members", Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/proposals", Ct)).StatusCode);
        }

        var members = await birch.Admin.Client.GetFromJsonAsync<JsonElement>("/api/members", Ct);
        Assert.Single(members.GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("dc+sd-jwt")]
    [InlineData("ldp_vc")]
    public async Task SuspendedAndRevoked_AreRefused_ReinstatedIsNot(string format)
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var birch = await ExchangeNode.StartAsync("Birch");
        await birch.TrustAsync(acorn, "Acorn");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        var credential = await FetchAsync(acorn.Admin, wallet, format);
        var list = await acorn.Admin.Client.GetFromJsonAsync<JsonElement>("/api/me/credentials", Ct);
        var id = Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid();

        await ExchangeNode.PostAsync(acorn.Admin.Client, $"/api/credentials/{id:D}/suspension", new { });
        Assert.Equal("status-suspended", await RefusalAsync(birch, wallet, credential, format));

        (await acorn.Admin.Client.DeleteAsync($"/api/credentials/{id:D}/suspension", Ct)).EnsureSuccessStatusCode();
        Assert.Null(await RefusalAsync(birch, wallet, credential, format));

        (await acorn.Admin.Client.DeleteAsync($"/api/credentials/{id:D}", Ct)).EnsureSuccessStatusCode();
        Assert.Equal("status-revoked", await RefusalAsync(birch, wallet, credential, format));
    }

    [Fact]
    public async Task UnreachableStatus_NoTrust_OtherAudience_OtherNonce_AndReplay_AreRefused()
    {
        await using var birch = await ExchangeNode.StartAsync("Birch");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        string credential;
        await using (var acorn = await ExchangeNode.StartAsync("Acorn"))
        {
            credential = await FetchAsync(acorn.Admin, wallet, "ldp_vc");
            Assert.Equal("issuer-untrusted", await RefusalAsync(birch, wallet, credential, "ldp_vc"));

            await birch.TrustAsync(acorn, "Acorn");
            Assert.Null(await RefusalAsync(birch, wallet, credential, "ldp_vc"));
            Assert.Equal("audience-mismatch", await RefusalAsync(birch, wallet, credential, "ldp_vc", audience: "did:web:elsewhere.example"));
            Assert.Equal("nonce-mismatch", await RefusalAsync(birch, wallet, credential, "ldp_vc", nonce: "of-another-time"));
            using var other = Ed25519Key.Generate();
            using var thief = new TestWallet(other);
            Assert.Equal("holder-mismatch", await RefusalAsync(birch, thief, credential, "ldp_vc"));
            await RefusesReplayAsync(birch, wallet, credential);
        }

        // Birch knows Acorn's DID still; its status lists are gone.
        Assert.Equal("status-unreachable", await RefusalAsync(birch, wallet, credential, "ldp_vc"));
    }

    [Fact]
    public async Task EndOfTrust_EndsTheGuestsSession()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var birch = await ExchangeNode.StartAsync("Birch");
        var trusted = await birch.TrustAsync(acorn, "Acorn");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        var credential = await FetchAsync(acorn.Admin, wallet, "dc+sd-jwt");
        using var browser = new GuestBrowser(birch.Node);
        var begun = await browser.BeginAsync();
        (await PresentAsync(birch, begun, wallet, credential, "dc+sd-jwt")).EnsureSuccessStatusCode();
        Assert.Equal("admitted", (await browser.OutcomeAsync(begun)).GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/api/me", Ct)).StatusCode);
        (await birch.Admin.Client.DeleteAsync($"/api/trusted-issuers/{trusted.GetProperty("id").GetGuid():D}", Ct)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync("/api/me", Ct)).StatusCode);
    }

    private static async Task RefusesReplayAsync(ExchangeNode birch, TestWallet wallet, string credential)
    {
        using var browser = new GuestBrowser(birch.Node);
        var begun = await browser.BeginAsync();
        var request = await ReadAsync(birch, begun, wallet);
        var presentation = wallet.Present(
            credential, "ldp_vc", request["client_id"]!.GetValue<string>(), request["nonce"]!.GetValue<string>());
        (await wallet.RespondAsync(request, "ldp_vc", presentation)).EnsureSuccessStatusCode();

        using var again = await wallet.RespondAsync(request, "ldp_vc", presentation);

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("invalid_request", (await again.Content.ReadFromJsonAsync<JsonObject>(Ct))!["error"]!.GetValue<string>());
    }
}
