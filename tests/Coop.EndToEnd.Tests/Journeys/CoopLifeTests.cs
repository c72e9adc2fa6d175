using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A co-op's first days, from the printed link to a receipt that the browser verified.</summary>
public sealed class CoopLifeTests(Chromium chromium)
{
    private const string Title = "Buy a second oven";
    private const string Body = "The first one is always full.\n\nIt costs <b>900</b> euro.";

    [Fact]
    public async Task FromEnrolmentLink_ToVerifiedReceipt()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var ben = await Person.ArriveAsync(chromium.Browser, node.Url);

        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await ben.JoinAsync(await ada.InviteAsync("Ben from the bakery"), "Ben");

        await VoteTogetherAsync(ada, ben);
        await ReadNewsAsync(ada, ben);
        await PayAsync(ada, ben);
        await VerifyOwnVoteAsync(ben);

        await ben.Button("Sign out").ClickAsync();
        await ben.Button("Sign in with a passkey").ClickAsync();
        // Whoever signs in again is where they were.
        await ben.SeeAsync("This receipt is genuine.");
        await ben.Place("Home").ClickAsync();
        await ben.SeeAsync("You have voted on everything that is open.");
        Assert.Empty(ada.Complaints);
        Assert.Empty(ben.Complaints);
    }

    private static async Task VoteTogetherAsync(Person ada, Person ben)
    {
        var proposal = await ada.DraftAsync(Title, Body);
        // What members write is text, never markup.
        await ada.SeeAsync("It costs <b>900</b> euro.");
        await ada.OpenVoteAsync();
        await ada.VoteAsync("Yes");

        await ben.GoAsync("/");
        await ben.Link(Title).ClickAsync();
        Assert.Equal(proposal, Steps.PathOf(ben.Page));
        await ben.VoteAsync("Abstain");
        await ben.VoteAsync("No");
        await ben.Page.ReloadAsync();
        await ben.SeeAsync("Your vote is recorded: No.");
        await Expect(ben.Page.GetByRole(AriaRole.Radio, new() { Name = "No" })).ToBeCheckedAsync();
    }

    private static async Task ReadNewsAsync(Person ada, Person ben)
    {
        await ada.PublishAsync("Closed on Monday", "The bakery is closed next Monday.");
        await ben.GoAsync("/");
        await ben.SeeAsync("1 announcement is new to you.");
        await ben.Link("Closed on Monday").ClickAsync();
        await ben.SeeAsync("The bakery is closed next Monday.");
        await Expect(ben.Page.GetByText("New", new() { Exact = true })).ToBeHiddenAsync();
        await ben.Place("Home").ClickAsync();
        await ben.SeeAsync("You have read everything.");
    }

    private static async Task PayAsync(Person ada, Person ben)
    {
        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.OpenAccountAsync("Cash box", owner: null);
        await ada.OpenAccountAsync("Savings of Ada", "Ada");
        await ada.OpenAccountAsync("Savings of Ben", "Ben");
        await ada.BookAsync("Ada pays in", "40.00", "Cash box (EUR)", "Savings of Ada, Ada (EUR)");
        await ada.PayAsync("Ben, Savings of Ben", "12,50", "Flour");
        await ada.SeeHeadingAsync("Savings of Ada");
        await ada.SeeAsync("27.50 EUR");

        await ben.GoAsync("/");
        await ben.SeeAsync("12.50 EUR");
    }

    private static async Task VerifyOwnVoteAsync(Person ben)
    {
        await ben.Place("Log").ClickAsync();
        await ben.Link("My events").ClickAsync();
        await ben.Link($"You voted on “{Title}”").First.ClickAsync();
        await ben.SeeAsync("This receipt is genuine.");
        var checks = ben.Page.GetByRole(AriaRole.Region, new() { Name = "Receipt" }).GetByRole(AriaRole.Listitem);
        await Expect(checks.Filter(new() { HasText = "Holds:" })).ToHaveCountAsync(6);
        await ben.SeeAsync("\"choice\"");
    }
}
