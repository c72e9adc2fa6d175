using System.Text;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What two co-ops tell and share with each other, and what is taken back and erased.</summary>
public sealed class ClaimTests(Chromium chromium)
{
    private const int MaxRounds = 120;

    [Fact]
    public async Task MemberAgrees_TheCoopTells_TheMemberTakesItBack()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await home.PeerWithAsync(away);
        await ada.UpgradeAsync();
        await ada.Link("See and decide").ClickAsync();
        await ada.SeeAsync("Nothing: no other co-op is told anything about you.");
        await ada.Page.GetByLabel("Who may be told").SelectOptionAsync("Mill Co-op");
        await ada.Button("I agree").ClickAsync();
        await ada.SeeAsync("Membership to Mill Co-op");

        await ada.GoAsync("/claims");
        await ada.Page.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("Mill Co-op");
        await ada.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Ada: Membership");
        await ada.Page.GetByLabel("What they may use it for").FillAsync("To let her use the workshop");
        await Pictures.TakeAsync(ada.Page, "/claims-send");
        await ada.Button("Send it").ClickAsync();
        await ada.SeeAsync("To Mill Co-op, for: To let her use the workshop");
        await UntilAsync(ada, "/claims", "Received");
        await Pictures.TakeAsync(ada.Page, "/claims-sent");

        await mia.GoAsync("/claims");
        await mia.SeeAsync("From Harvest Moon Co-op, for: To let her use the workshop");
        await StartsWith(mia, "Check it now").ClickAsync();
        await mia.SeeAsync("Holds today");
        await Pictures.TakeAsync(mia.Page, "/claims-received");

        await ada.GoAsync("/wallet/told");
        await Pictures.TakeAsync(ada.Page, "/told");
        await ConfirmAsync(ada, "Take back");
        await UntilAsync(ada, "/wallet/told", "Withdrawn and deleted");
        await UntilAsync(mia, "/claims", "Withdrawn by its sender");
        Assert.Empty(ada.Complaints);
    }

    [Fact]
    public async Task Document_IsShared_Fetched_AndErasedOnBothSides()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await home.PeerWithAsync(away);
        await ada.GoAsync("/commons");
        await ada.Page.GetByLabel("Title").FillAsync("Harvest 2026");
        await ada.Page.GetByLabel("File").SetInputFilesAsync(new FilePayload
        {
            Name = "harvest.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("crop,kg\npotatoes,120\nleeks,40\n"),
        });
        await ada.Button("Share it").ClickAsync();
        await ada.SeeAsync("for all co-ops that may read here");
        await Pictures.TakeAsync(ada.Page, "/commons-ours");

        await UntilAsync(mia, "/commons", "Harvest 2026");
        await ConfirmAsync(mia, "Fetch it");
        await mia.SeeAsync("We have a copy");
        await StartsWith(mia, "Show it").ClickAsync();
        await mia.SeeAsync("potatoes,120");
        await Pictures.TakeAsync(mia.Page, "/commons-theirs");

        await ada.Link("Harvest 2026").ClickAsync();
        await ada.SeeAsync("This receipt is genuine.");
        await ada.Button("Erase the content").ClickAsync();
        await ada.Page.GetByLabel("Reason").FillAsync("Shared by mistake");
        await Pictures.TakeAsync(ada.Page, "/erase-confirm");
        await ada.Button("Erase it for good").ClickAsync();
        await ada.SeeAsync("Its content was erased");
        await Expect(ada.Page.Locator("main")).Not.ToContainTextAsync("potatoes");
        await UntilAsync(mia, "/commons", "they erased it");
        await ada.Page.ReloadAsync();
        await ada.SeeAsync("Mill Co-op has confirmed that its copy is deleted.");
        await ada.SeeAsync("This receipt is genuine.");
        await Pictures.TakeAsync(ada.Page, "/erased");
        Assert.Empty(ada.Complaints);
    }

    private static async Task ConfirmAsync(Person person, string action)
    {
        await StartsWith(person, action).ClickAsync();
        var dialog = person.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>The button of that name, which goes on with what it is about.</summary>
    private static ILocator StartsWith(Person person, string name) =>
        person.Page.GetByRole(AriaRole.Button, new() { Name = name }).First;

    /// <summary>Opens the page again until it says so.</summary>
    private static async Task UntilAsync(Person person, string path, string text)
    {
        var seen = "";
        for (var round = 0; round < MaxRounds; round++)
        {
            await person.GoAsync(path);
            await Expect(person.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
            seen = await person.Page.Locator("main").InnerTextAsync();
            if (seen.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        Assert.Fail($"“{text}” never came up on {path}, but: {seen}");
    }
}
