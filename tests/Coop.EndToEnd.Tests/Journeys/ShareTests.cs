using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A member takes shares, pays for them, gives some back, and is paid.</summary>
public sealed class ShareTests(Chromium chromium)
{
    [Fact]
    public async Task FromAShareThatIsTaken_ToOneThatIsPaidBack()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.OpenChartAccountAsync("Bank", "1010");
        await ada.GoAsync("/ledger/shares");
        await ada.SeeAsync("You hold no shares.");
        await ada.CreateShareClassAsync("Member share", "SHARE");

        await ada.Page.GetByLabel("Member", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Ada" });
        await ada.Page.GetByLabel("How many shares").FillAsync("4");
        await ada.Button("Book it").ClickAsync();
        await ada.SeeAsync("4 shares");
        await ada.SeeAsync("200.00 EUR owed");
        await ada.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("pay");
        await ada.Page.GetByLabel("Amount in EUR").FillAsync("200");
        await ada.Page.GetByLabel("Where the money came in").SelectOptionAsync(new SelectOptionValue { Label = "Bank" });
        await ada.Button("Book it").ClickAsync();
        await ada.SeeAsync("200.00 EUR paid in");

        await GiveBackAsync(ada);
        await ReadStatementAsync(ada);
        await AskAsync(ada);
        Assert.Empty(await Accessibility.ViolationsAsync(ada.Page));
        Assert.Empty(ada.Complaints);
    }

    private static async Task AskAsync(Person ada)
    {
        await ada.GoAsync("/ledger/shares");
        await ada.Page.GetByLabel("How many do you want").FillAsync("2");
        await ada.Button("Ask for them").ClickAsync();
        await ada.SeeAsync("2 shares of Member share");
        await ada.Page.ReloadAsync();
        await ada.ButtonAbout("Decline", "Ada").ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("Ask for one");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Decline" }).ClickAsync();
        await ada.SeeAsync("Declined: Ask for one");
        await ada.Page.GetByLabel("How many do you want").FillAsync("1");
        await ada.Button("Ask for them").ClickAsync();
        await ada.SeeAsync("1 share of Member share");
        await ada.Page.ReloadAsync();
        await ada.ButtonAbout("Accept", "Ada").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await ada.SeeAsync("4 shares");
    }

    private static async Task ReadStatementAsync(Person ada)
    {
        await ada.GoAsync("/members/mine/statement");
        await ada.SeeHeadingAsync("Statement for Ada");
        await Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = "At the end, in SHARE" })).ToContainTextAsync("3");
        await Expect(ada.Page.GetByRole(AriaRole.Row, new() { Name = "At the end, in EUR" })).ToContainTextAsync("150.00");
        var download = await ada.Page.RunAndWaitForDownloadAsync(() => ada.Button("CSV").ClickAsync());
        Assert.Contains("At the end,,150.00,EUR,", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await ada.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(ada.Place("Ledger")).ToHaveCountAsync(0);
        await ada.Page.EmulateMediaAsync(new() { Media = Media.Screen });
    }

    private static async Task GiveBackAsync(Person ada)
    {
        await ada.GoAsync("/ledger/shares");
        await ada.ButtonAbout("Give notice", "Member share").ClickAsync();
        var dialog = ada.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("How many").FillAsync("1");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give notice" }).ClickAsync();
        await ada.SeeAsync("Notice on 1 share");
        await ada.Page.ReloadAsync();
        await ada.ButtonAbout("Take back and pay", "Ada").ClickAsync();
        await dialog.GetByLabel("Paid from").SelectOptionAsync(new SelectOptionValue { Label = "Bank (EUR)" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take back and pay" }).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Notices" })).ToHaveCountAsync(0);
        await ada.Page.ReloadAsync();
        await ada.SeeAsync("3 shares");
        await ada.SeeAsync("150.00 EUR paid in");
    }
}
