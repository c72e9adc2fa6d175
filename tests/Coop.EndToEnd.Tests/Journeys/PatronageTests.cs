using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A treasurer records what members bought, and divides the surplus; a member finds their part.</summary>
public sealed class PatronageTests(Chromium chromium)
{
    private const string PatronagePage = "/ledger/patronage";
    private const string Year = "2025-26";

    [Fact]
    public async Task BusinessIsRecorded_AndTheSurplusDividedByIt()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var ben = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ben.JoinAsync(await ada.InviteAsync("Ben from the bakery"), "Ben");
        await ada.EndowAsync("Ada", "1000");
        await ada.OpenAccountAsync("Savings of Ben", "Ben");
        await ada.OpenChartAccountAsync("Result", "2900", type: "equity");
        await ada.OpenChartAccountAsync("Reserves", "2950", type: "equity");
        await ada.GoAsync(PatronagePage);
        await ada.LooksRightAsync("/patronage-none");

        await RecordAsync(ada);
        await DivideAsync(ada);
        await ben.GoAsync("/ledger");
        await ben.SeeAsync("Your part of the surplus of");
        await ben.SeeAsync("18.00 EUR");
        await ben.LooksRightAsync("/patronage-member");
        await ben.Link($"Your part of the surplus of {Year}").ClickAsync();
        await ben.SeeHeadingAsync($"Surplus of {Year}");
        Assert.Empty(ada.Complaints);
        Assert.Empty(ben.Complaints);
    }

    private static async Task RecordAsync(Person ada)
    {
        await ada.Link("Record business").ClickAsync();
        var lines = ada.Page.GetByLabel("Lines", new() { Exact = true });
        await lines.FillAsync("R-1;Ada;600\nR-2;Bob;300");
        await ada.SeeAsync("Line 2: There is no member Bob.");
        await ada.LooksRightAsync("/patronage-record");
        await lines.FillAsync("R-1;Ada;600\nR-2;Ben;300\nR-3;;100");
        await ada.SeeAsync("3 lines, 1,000.00 EUR");
        await ada.Page.GetByLabel("Period").FillAsync(Year);
        await ada.Button("Record it").ClickAsync();
        await ada.SeeHeadingAsync("Patronage");
        await Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = "purchases" })).ToContainTextAsync("900.00 EUR");
        await ada.LooksRightAsync("/patronage");
    }

    // Of 100.00 others earned a tenth; of the members' 90.00 two fifths go to the reserves; a third of 54.00 is Ben's.
    private static async Task DivideAsync(Person ada)
    {
        await ada.Link("Divide a surplus").ClickAsync();
        await ada.Page.GetByLabel("Period").FillAsync(Year);
        await ada.Page.GetByLabel("Surplus in EUR").FillAsync("100");
        await ada.Page.GetByLabel("To the reserves, in percent").FillAsync("40");
        await ada.Button("Show who gets what").ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = "Ben" })).ToContainTextAsync("18.00");
        await ada.Page.GetByLabel("Where the surplus stands").SelectOptionAsync(new SelectOptionValue { Label = "2900 Result" });
        await ada.Page.GetByLabel("The reserves", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "2950 Reserves" });
        await ada.LooksRightAsync("/patronage-divide");
        await ada.ConfirmAsync("Divide it");
        await ada.SeeHeadingAsync("Patronage");
        await ada.SeeAsync("To members 54.00 EUR, to the reserves 46.00 EUR");
        await ada.LooksRightAsync("/patronage-divided");
    }
}
