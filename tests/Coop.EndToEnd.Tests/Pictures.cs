using Coop.EndToEnd.Tests.Browser;
using Coop.EndToEnd.Tests.Journeys;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests;

/// <summary>
/// Takes pictures of the client, the one of the README among them. Runs only when asked for:
/// <c>dotnet run --project tests/Coop.EndToEnd.Tests -- --explicit only</c>; with
/// <c>COOP_PICTURES</c> set to a folder it takes one of every page too.
/// </summary>
public sealed class Pictures(Chromium chromium)
{
    private static readonly ViewportSize Desktop = new() { Width = 1280, Height = 860 };
    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    [Fact(Explicit = true)]
    public async Task TakeAll()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url, Desktop);
        await using var ben = await Person.ArriveAsync(chromium.Browser, node.Url, Desktop);
        await ada.Page.GotoAsync(node.EnrolmentLink);
        await ada.SeeHeadingAsync("Let’s open your co-op");
        await TakeAsync(ada.Page, "/join");
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await TakeAsync(ada.Page, "/first");
        var pages = await Furnish.PagesAsync(ada);
        await ben.JoinAsync(await ada.InviteAsync("Ben from the bakery"), "Ben");
        await TakeAsync(ada.Page, "/invited");
        await FillHomeAsync(ada, ben, node);

        foreach (var path in pages)
        {
            await ada.GoAsync(path);
            await TakeAsync(ada.Page, path);
        }

        await ben.GoAsync("/");
        await ben.SeeAsync("Savings of Ben");
        await TakeAsync(ben.Page, "/bens-home");
        await ben.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(Repository.Root, "docs", "images", "client.png"),
            Animations = ScreenshotAnimations.Disabled,
        });
    }

    [Fact(Explicit = true)]
    public async Task TakeWallet()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url, Desktop);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url, Desktop);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await mia.TrustAsync(await home.DidAsync(), "Harvest Moon");
        await ada.GoAsync("/wallet");
        await TakeAsync(ada.Page, "/wallet-start");
        await ada.UpgradeAsync();
        using var guest = new GuestBrowser(away.Url);
        await ada.ShowAsync(await guest.BeginAsync());
        await ada.SeeAsync("Mill Co-op asks for your card");
        await TakeAsync(ada.Page, "/wallet-consent");
        await ada.Button("Yes, show it").ClickAsync();
        await ada.SeeAsync("Mill Co-op has seen your card");
        await TakeAsync(ada.Page, "/wallet-shown");
        await ada.GoAsync("/wallet");
        await ada.Button("Show a QR code").ClickAsync();
        await ada.SeeAsync("Then type in the code.");
        await TakeAsync(ada.Page, "/wallet-full");
    }

    private static async Task FillHomeAsync(Person ada, Person ben, LocalNode node)
    {
        await ada.DraftAsync("Open on Saturday mornings", "From eight to noon, taking turns.");
        await ada.OpenVoteAsync();
        await ada.VoteAsync("No");
        await ben.GoAsync("/");
        await ben.Link("Open on Saturday mornings").ClickAsync();
        await ben.VoteAsync("Yes");
        node.Time.Advance(TimeSpan.FromDays(8));
        await ada.GoAsync("/");
        await ada.Button("Sign in with a passkey").ClickAsync();
        await ben.GoAsync("/");
        await ben.Button("Sign in with a passkey").ClickAsync();
        await ada.DraftAsync("Share the delivery bike with the dairy", "Two days a week, at cost.");
        await ada.OpenVoteAsync("2 weeks");
        await ada.DraftAsync("Welcome the mill as a supplier", "Their flour is local and good.");
        await ada.OpenVoteAsync("2 weeks");
        await ada.OpenAccountAsync("Savings of Ben", "Ben");
        await ada.PayAsync("Ben, Savings of Ben", "248.50", "October’s share");
    }

    internal static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("COOP_PICTURES") is not { Length: > 0 } folder)
        {
            return;
        }

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
        foreach (var screen in new[] { Desktop, Phone })
        {
            await page.SetViewportSizeAsync(screen.Width, screen.Height);
            var file = $"{name.Trim('/').Replace('/', '-')}-{screen.Width}.png";
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), FullPage = true });
        }

        await page.SetViewportSizeAsync(Desktop.Width, Desktop.Height);
    }
}
