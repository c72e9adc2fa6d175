using System.Globalization;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

public sealed class VotingTests(Chromium chromium)
{
    [Fact]
    public async Task KeyboardAlone_IsEnoughToVote()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.DraftAsync("Shorter meetings", "One hour is enough.");
        await ada.OpenVoteAsync();
        await ada.GoAsync("/");

        var keys = ada.Page.Keyboard;
        await TabToAsync(ada.Page, "Shorter meetings");
        await keys.PressAsync("Enter");
        await ada.SeeHeadingAsync("Shorter meetings");
        // After navigation the focus is on the heading, so the form comes next, not the menu.
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await Expect(ada.Page.GetByRole(AriaRole.Radio, new() { Name = "Yes" })).ToBeCheckedAsync();
        await keys.PressAsync("ArrowDown");
        await Expect(ada.Page.GetByRole(AriaRole.Radio, new() { Name = "No" })).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await ada.SeeAsync("Your vote is recorded: No.");
    }

    [Fact]
    public async Task SkipLink_LeadsToTheContent()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.GoAsync("/members");
        await ada.SeeAsync("1 person");
        await ada.Page.Keyboard.PressAsync("Tab");
        await Expect(ada.Link("Skip to the content")).ToBeFocusedAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.Locator("main")).ToBeFocusedAsync();
        await ada.SeeHeadingAsync("Members");
    }

    [Fact]
    public async Task Result_IsShown_AfterTheClose()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        var proposal = await ada.DraftAsync("Fairer shifts", "");
        await ada.OpenVoteAsync();
        await ada.VoteAsync("Yes");

        node.Time.Advance(TimeSpan.FromDays(8));
        // A session does not outlive the week.
        await ada.GoAsync("/proposals/in/closed");
        await ada.Button("Sign in with a passkey").ClickAsync();
        await ada.SeeHeadingAsync("Proposals");
        while (await ada.Link("Fairer shifts").CountAsync() == 0)
        {
            // The node counts in its own time.
            await ada.Page.ReloadAsync();
            await Expect(ada.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
        }

        await ada.GoAsync(proposal);
        var result = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Result" });
        await Expect(result).ToContainTextAsync("1 vote · 100 %");
        await Expect(result).ToContainTextAsync("of 1 member who could");
    }

    [Fact]
    public async Task LateVote_IsRefused_InPlainWords()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.DraftAsync("Fairer shifts", "");
        // Read as the browser's time zone, which is at most an hour away.
        var closesAt = node.Time.GetUtcNow().AddHours(3);
        await ada.Page.GetByLabel("The vote closes at").FillAsync(
            closesAt.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        await ada.Button("Open the vote").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Radio, new() { Name = "Yes" }).CheckAsync();
        node.Time.Advance(TimeSpan.FromHours(5));
        await ada.Button("Cast my vote").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("closing time has come");
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        var wanted = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
        await wanted.WaitForAsync();
        while (!await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
        {
            await page.Keyboard.PressAsync("Tab");
        }
    }
}
