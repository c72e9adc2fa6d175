using System.Text;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What two co-ops tell and share with each other, and what is taken back and erased.</summary>
public sealed class ClaimTests(Chromium chromium)
{
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
        await UntilAsync(ada, "/claims", "Received");
        await Pictures.TakeAsync(ada.Page, "/claims-sent");

        await mia.GoAsync("/claims");
        await mia.SeeAsync("From Harvest Moon Co-op, for: To let her use the workshop");
        await mia.Button("Check it now: Membership from Harvest Moon Co-op").ClickAsync();
        await mia.SeeAsync("Holds today");
        await Pictures.TakeAsync(mia.Page, "/claims-received");

        await ada.GoAsync("/wallet/told");
        await Pictures.TakeAsync(ada.Page, "/told");
        await ConfirmAsync(ada, "Take back: Membership, Mill Co-op", "Take back");
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
        await ConfirmAsync(mia, "Fetch it: Harvest 2026", "Fetch it");
        await mia.SeeAsync("We have a copy");
        await mia.Button("Show it: Harvest 2026").ClickAsync();
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

    private static async Task ConfirmAsync(Person person, string asking, string doing)
    {
        await person.Button(asking).ClickAsync();
        await person.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = doing, Exact = true }).ClickAsync();
    }

    /// <summary>Opens the page again until it says so.</summary>
    private static async Task UntilAsync(Person person, string path, string text)
    {
        while (true)
        {
            await person.GoAsync(path);
            await Expect(person.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(0);
            if ((await person.Page.Locator("main").InnerTextAsync()).Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }
}
