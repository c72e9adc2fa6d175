using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>Who has an office finds what belongs to it, and nothing that would be refused.</summary>
public sealed class OfficesTests(Chromium chromium)
{
    private static readonly string[] BookPages =
        ["/ledger", "/ledger/journals", "/ledger/pending", "/ledger/shares", "/ledger/trade", "/ledger/trade/nettings",
            "/ledger/trade/in-doubt", "/ledger/bank", "/ledger/patronage", "/ledger/reports", "/ledger/periods"];

    [Fact]
    public async Task AnAuditorFromOutside_SeesAllBooks_AndFindsNothingToChange()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var otto = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.OpenChartAccountAsync("Till", "1000");
        await otto.JoinAsync(
            await ada.InviteAsync("Otto & Daughters", "An auditor from outside, who sees everything and changes nothing"), "Otto");

        await otto.SeeAsync("You audit this co-op: you see all of its books, and change nothing.");
        await Expect(otto.Place("My wallet")).ToHaveCountAsync(0);
        foreach (var page in BookPages)
        {
            await otto.GoAsync(page);
            await Expect(otto.Page.Locator("main h1")).ToBeVisibleAsync();
            await Expect(otto.Page.Locator("main .primary")).ToHaveCountAsync(0);
        }

        await otto.GoAsync("/ledger");
        await otto.Link("1000 Till").ClickAsync();
        await otto.SeeHeadingAsync("Till");
        await Expect(otto.Link("Change")).ToHaveCountAsync(0);
        await otto.Place("Members").ClickAsync();
        await otto.SeeAsync("not a member");
        await Expect(otto.Page.GetByRole(AriaRole.Button, new() { Name = "Roles" })).ToHaveCountAsync(0);
        Assert.Empty(otto.Complaints);
    }

    [Fact]
    public async Task ASecretary_InvitesMembers_AndAnAdministratorGivesTheOffice()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var selma = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var ben = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await selma.JoinAsync(await ada.InviteAsync("Selma"), "Selma");
        await ada.Place("Members").ClickAsync();
        await ada.Button("Roles of Selma").ClickAsync();
        await ada.ConfirmAsync("Make secretary");
        await ada.SeeAsync("Secretary");

        await selma.Page.ReloadAsync();
        await selma.Place("Members").ClickAsync();
        await selma.Link("Invite someone").ClickAsync();
        await Expect(selma.Page.GetByLabel("They become")).ToHaveCountAsync(0);
        await selma.Page.GetByLabel("Who is it for").FillAsync("Ben");
        await selma.Button("Create the link").ClickAsync();
        await ben.JoinAsync(await selma.Page.GetByLabel("Invitation link").InputValueAsync(), "Ben");

        await selma.Place("News").ClickAsync();
        await Expect(selma.Page.Locator("main a[href='#/announcements/new']")).ToBeVisibleAsync();
        Assert.Empty(selma.Complaints);
        Assert.Empty(ben.Complaints);
    }
}
