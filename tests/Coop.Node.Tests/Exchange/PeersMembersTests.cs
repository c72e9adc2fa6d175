using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coop.Federation.Peering;
using Coop.Identity.Keys;
using Coop.Node.Federation;
using Coop.Node.Tests.Log;
using Coop.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Coop.Node.Tests.Exchange.GuestVisits;

namespace Coop.Node.Tests.Exchange;

/// <summary>Members of a peer come in because the terms say so: nobody has named their co-op by hand.</summary>
public sealed class PeersMembersTests
{
    private const string Format = "dc+sd-jwt";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AreGuestsAndNoMore_UntilThePeeringIsHeldBackOrOver()
    {
        await using var nodes = await PeeredNodes.StartAsync(2, configure: null, PeeringScope.VisitingMembers);
        var (acorn, birch) = (nodes[0], nodes[1]);
        using var ada = await acorn.Admin.InviteAsync(acorn.Node, "Ada");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        var credential = await FetchAsync(ada, wallet, Format);
        var named = await birch.Admin.Client.GetFromJsonAsync<JsonElement>("/api/trusted-issuers", Ct);
        Assert.Empty(named.GetProperty("items").EnumerateArray());

        using var browser = await AdmittedAsync(birch, wallet, credential);
        await IsGuestAndNoMoreAsync(browser.Http);

        var id = (await PeeredNodes.UntilAsync(birch, acorn.Did, PeeringState.Active)).Id;
        foreach (var (by, other) in new[] { (birch, acorn), (acorn, birch) })
        {
            await Desk(by).SuspendAsync(id, null, by.Admin.Actor, Ct);
            await BothAsync(by, other, PeeringState.Suspended);
            Assert.Equal("issuer-untrusted", await RefusalAsync(birch, wallet, credential, Format));
            await IsOutAsync(browser.Http);

            await Desk(by).ResumeAsync(id, null, null, by.Admin.Actor, Ct);
            await BothAsync(by, other, PeeringState.Active);
            Assert.Null(await RefusalAsync(birch, wallet, credential, Format));
        }

        using var last = await AdmittedAsync(birch, wallet, credential);
        await Desk(acorn).EndAsync(id, "We part", acorn.Admin.Actor, Ct);
        await TestLog.EventuallyAsync(async () => (await birch.Node.Services.GetRequiredService<Peerings>().ListAsync(Ct)).Count == 0);
        Assert.Equal("issuer-untrusted", await RefusalAsync(birch, wallet, credential, Format));
        await IsOutAsync(last.Http);
    }

    [Fact]
    public async Task AreRefused_WhereTheirCoopWasNotGrantedThat_ThoughItGrantsIt()
    {
        await using var acorn = await ExchangeNode.StartAsync("Acorn");
        await using var birch = await ExchangeNode.StartAsync("Birch");
        var all = PeeringGrant.Of(PeeringScopes.All);
        var allButThat = PeeringGrant.Of([.. PeeringScopes.All.Where(s => s != PeeringScope.VisitingMembers)]);
        var proposed = await Desk(acorn).ProposeAsync(
            PeeredNodes.AddressOf(birch), all, allButThat, null, acorn.Admin.Actor, Ct);
        await PeeredNodes.UntilAsync(birch, acorn.Did, PeeringState.Proposed);
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        var ofBirch = await FetchAsync(birch.Admin, wallet, Format);
        // Terms that one side alone has signed let nobody in.
        Assert.Equal("issuer-untrusted", await RefusalAsync(acorn, wallet, ofBirch, Format));

        await Desk(birch).AcceptAsync(proposed.Id, proposed.OnTable!.Terms.Hash, birch.Admin.Actor, Ct);
        await BothAsync(acorn, birch, PeeringState.Active);

        Assert.Null(await RefusalAsync(acorn, wallet, ofBirch, Format));
        Assert.Equal("issuer-untrusted", await RefusalAsync(birch, wallet, await FetchAsync(acorn.Admin, wallet, Format), Format));
    }

    private static async Task<GuestBrowser> AdmittedAsync(ExchangeNode node, TestWallet wallet, string credential)
    {
        var browser = new GuestBrowser(node.Node);
        var begun = await browser.BeginAsync();
        (await PresentAsync(node, begun, wallet, credential, Format)).EnsureSuccessStatusCode();
        Assert.Equal("admitted", (await browser.OutcomeAsync(begun)).GetProperty("state").GetString());
        return browser;
    }

    private static async Task IsGuestAndNoMoreAsync(HttpClient http)
    {
        var me = await http.GetFromJsonAsync<JsonElement>("/api/me", Ct);
        Assert.Equal("Ada", me.GetProperty("name").GetString());
        Assert.Equal("guest", Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/proposals", Ct)).StatusCode);
        foreach (var path in new[] { "/api/members", "/api/peers", "/api/trusted-issuers", "/api/log/events" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(path, Ct)).StatusCode);
        }
    }

    // A node may know a session for some seconds without looking.
    private static Task IsOutAsync(HttpClient http) => TestLog.EventuallyAsync(
        async () => (await http.GetAsync("/api/me", Ct)).StatusCode == HttpStatusCode.Unauthorized);

    private static async Task BothAsync(ExchangeNode one, ExchangeNode other, PeeringState state)
    {
        await PeeredNodes.UntilAsync(one, other.Did, state);
        await PeeredNodes.UntilAsync(other, one.Did, state);
    }

    private static PeeringDesk Desk(ExchangeNode node) => node.Node.Services.GetRequiredService<PeeringDesk>();
}
