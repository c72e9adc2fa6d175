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
        await ada.SeeAsync("To Mill Co-op, for: To let her use the workshop");
        await ada.UntilAsync("/claims", "Received");
        await Pictures.TakeAsync(ada.Page, "/claims-sent");

        await mia.GoAsync("/claims");
        await mia.SeeAsync("From Harvest Moon Co-op, for: To let her use the workshop");
        await mia.StartsWith("Check it now").ClickAsync();
        await mia.SeeAsync("Holds today");
        await Pictures.TakeAsync(mia.Page, "/claims-received");

        // Of the co-op itself, with all that the form has.
        await ada.GoAsync("/claims");
        await ada.Page.GetByLabel("To", new() { Exact = true }).SelectOptionAsync("Mill Co-op");
        await ada.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("Certification");
        await ada.Page.GetByLabel("Certified for").FillAsync("EU organic, 2018/848");
        await ada.Page.GetByLabel("Certified by").FillAsync("Agrocert");
        await ada.Page.GetByLabel("Number of the certificate").FillAsync("PT-BIO-03/17");
        await ada.Page.GetByLabel("Valid until").FillAsync("2027-12-31");
        await ada.Page.GetByLabel("What they may use it for").FillAsync("To buy from us");
        await ada.LooksRightAsync("/claims-certification");
        await ada.Button("Send it").ClickAsync();
        await mia.UntilAsync("/claims", "Certificate: PT-BIO-03/17");
        await mia.SeeAsync("Until: 31 December 2027");

        await ada.GoAsync("/wallet/told");
        await Pictures.TakeAsync(ada.Page, "/told");
        await ada.ConfirmAsync("Take back");
        await ada.UntilAsync("/wallet/told", "Withdrawn and deleted");
        await mia.UntilAsync("/claims", "Withdrawn by its sender");
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

        await mia.UntilAsync("/commons", "Harvest 2026");
        await mia.ConfirmAsync("Fetch it");
        await mia.SeeAsync("We have a copy");
        await mia.StartsWith("Show it").ClickAsync();
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
        await mia.UntilAsync("/commons", "they erased it");
        await ada.Page.ReloadAsync();
        await ada.SeeAsync("Mill Co-op has confirmed that its copy is deleted.");
        await ada.SeeAsync("This receipt is genuine.");
        await Pictures.TakeAsync(ada.Page, "/erased");
        Assert.Empty(ada.Complaints);
    }
}
