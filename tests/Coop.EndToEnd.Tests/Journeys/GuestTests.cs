using Coop.EndToEnd.Tests.Browser;
using Coop.Identity.Dids;
using Coop.Identity.Keys;
using Coop.Identity.Net;
using Coop.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>
/// Two co-ops: an administrator of the one offers a credential, one of the other trusts the first, and
/// whoever holds the credential comes in there as a guest. The wallet is of neither.
/// </summary>
public sealed class GuestTests(Chromium chromium)
{
    [Fact]
    public async Task AMemberOfOneCoop_ComesInAtAnother_AsAGuest()
    {
        await using var acorn = await LocalNode.StartAsync("Acorn Co-op");
        await using var birch = await LocalNode.StartAsync("Birch Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, acorn.Url);
        await using var ben = await Person.ArriveAsync(chromium.Browser, birch.Url);
        await ada.JoinAsync(acorn.EnrolmentLink, "Ada");
        await ben.JoinAsync(birch.EnrolmentLink, "Ben");
        using var key = Ed25519Key.Generate();
        using var wallet = new TestWallet(key);
        var credential = await FetchAsync(ada, wallet);

        await ben.GoAsync("/credentials");
        await ben.Page.GetByLabel("The co-op’s DID").FillAsync(await acorn.DidAsync());
        await ben.Page.GetByLabel("What you call it").FillAsync("Acorn");
        await ben.Button("Let its members in as guests").ClickAsync();
        await ben.SeeAsync(await acorn.DidAsync());

        await using var guest = await Person.ArriveAsync(chromium.Browser, birch.Url);
        await guest.GoAsync("/sign-in");
        await guest.Button("Sign in with another co-op’s credential").ClickAsync();
        await guest.SeeAsync("Waiting for your wallet");
        Assert.Empty(await Accessibility.ViolationsAsync(guest.Page));
        await PresentAsync(guest, wallet, credential);
        await guest.SeeHeadingAsync("Hello, Ada");
        await guest.SeeAsync("You are a guest here");
        Assert.Empty(await Accessibility.ViolationsAsync(guest.Page));
        await Expect(guest.Place("Ledger")).ToHaveCountAsync(0);
        await guest.GoAsync("/proposals");
        await guest.SeeHeadingAsync("Proposals");
        Assert.Empty(guest.Complaints);

        await ada.GoAsync("/credentials");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).First.ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).Filter(new() { Visible = true }).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(ada.Page.Locator("main").GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
        await using var again = await Person.ArriveAsync(chromium.Browser, birch.Url);
        await again.GoAsync("/sign-in");
        await again.Button("Sign in with another co-op’s credential").ClickAsync();
        await again.SeeAsync("Waiting for your wallet");
        await PresentAsync(again, wallet, credential);
        await again.SeeAsync("Your co-op has revoked this card.");
    }

    /// <summary>The administrator offers it on the page; the wallet takes the link that the code shows.</summary>
    private static async Task<string> FetchAsync(Person admin, TestWallet wallet)
    {
        await admin.GoAsync("/credentials");
        await admin.Page.GetByLabel("To").SelectOptionAsync("Ada");
        var response = await admin.Page.RunAndWaitForResponseAsync(
            () => admin.Button("Offer it to another wallet").ClickAsync(), r => r.Url.EndsWith("/api/credential-offers", StringComparison.Ordinal));
        var offer = (await response.JsonAsync())!.Value;
        var txCode = offer.GetProperty("txCode").GetString()!;
        await admin.SeeAsync(txCode);
        return await wallet.AcceptAsync(offer.GetProperty("link").GetString()!, txCode, "dc+sd-jwt");
    }

    private static async Task PresentAsync(Person guest, TestWallet wallet, string credential)
    {
        var link = await guest.Link("Open my wallet on this device").GetAttributeAsync("href");
        using var http = new OutboundHttp(new OutboundOptions { AllowHttp = true, AllowPrivateAddresses = true });
        var request = await wallet.ReadRequestAsync(link!, new DidResolver(http, TimeProvider.System));
        var presentation = wallet.Present(
            credential, "dc+sd-jwt", request["client_id"]!.GetValue<string>(), request["nonce"]!.GetValue<string>());
        using var response = await wallet.RespondAsync(request, "dc+sd-jwt", presentation);
    }
}
