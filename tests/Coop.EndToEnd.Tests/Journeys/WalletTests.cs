using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A member makes a card of their own out of the passkey account, and carries it on.</summary>
public sealed class WalletTests(Chromium chromium)
{
    private const string PasskeyText = "Your passkey";

    [Fact]
    public async Task TheSamePasskey_GivesTheSameDid_InAFreshBrowser()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.UpgradeAsync();
        await ada.SeeAsync(PasskeyText);
        var did = await ada.DidAsync();
        Assert.StartsWith("did:key:z6Mk", did, StringComparison.Ordinal);
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));

        await ada.RemoveKeyAsync();
        await ada.TakeFreshBrowserAsync();
        await ada.GoAsync("/wallet");
        await ada.Button("Sign in with a passkey").ClickAsync();
        await ada.SeeHeadingAsync("My wallet");
        await ada.UpgradeAsync();
        Assert.Equal(did, await ada.DidAsync());
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task WithoutPrf_TheKeyStaysInTheBrowser()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url, hasPrf: false);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.UpgradeAsync();
        await ada.SeeAsync("One browser");
        var did = await ada.DidAsync();

        // The browser has the key again, and cannot be made to tell it.
        var isExportable = await ada.Page.EvaluateAsync<bool>("""
            () => new Promise((resolve) => {
              const open = indexedDB.open('coop-wallet');
              open.onsuccess = () => {
                const all = open.result.transaction('keys').objectStore('keys').getAll();
                all.onsuccess = () => resolve(all.result.some((kept) => kept.privateKey.extractable));
              };
            })
            """);
        Assert.False(isExportable);
        await ada.GoAsync("/wallet");
        Assert.Equal(did, await ada.DidAsync());
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task ByKeyboardAlone_AMemberGetsTheirCard()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(
            chromium.Browser, node.Url, new() { Width = 320, Height = 700 }, ColorScheme.Dark);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.GoAsync("/");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Ada: my wallet" }).FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.SeeHeadingAsync("My wallet");
        await ada.Button("Get my card").FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await ada.SeeAsync(PasskeyText);
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));
        Assert.Equal(0, await Accessibility.OverflowAsync(ada.Page));
    }

    [Fact]
    public async Task ACard_IsShownToAnotherCoop_AndIsOverWhenItsKeyIsRemoved()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await mia.TrustAsync(await home.DidAsync(), "Harvest Moon");
        await ada.UpgradeAsync();
        await ada.SeeAsync("Membership card");

        using var guest = new GuestBrowser(away.Url);
        await ada.ShowAsync(await guest.BeginAsync());
        await ada.SeeAsync("Mill Co-op asks for your card");
        await ada.SeeAsync("They would also like to see");
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));
        await ada.Page.GetByRole(AriaRole.Checkbox).UncheckAsync();
        await ada.Button("Yes, show it").ClickAsync();
        await ada.SeeAsync("Mill Co-op has seen your card");
        var admitted = await guest.OutcomeAsync();
        Assert.Equal("admitted", admitted.GetProperty("state").GetString());
        // The name was not shown.
        Assert.NotEqual("Ada", admitted.GetProperty("member").GetProperty("name").GetString());

        await ada.GoAsync("/wallet");
        await ada.SeeAsync("Where you showed a card");
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));
        await ada.RemoveKeyAsync();

        // A new card is another one; the one from before the removal is withdrawn.
        await ada.UpgradeAsync();
        await ada.SeeAsync("Cards that are over (1)");
        Assert.Empty(ada.Complaints);
    }
}
