using System.Text.RegularExpressions;
using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What people do with the client, as one line each.</summary>
public static partial class Steps
{
    /// <summary>A button that says, to those who do not see what stands beside it, what it is about.</summary>
    public static ILocator ButtonAbout(this Person person, string action, string about)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Page.Locator("button").Filter(new() { HasText = $"{action}: {about}" });
    }

    /// <summary>Creates an invitation, and reads its link off the page.</summary>
    public static async Task<string> InviteAsync(this Person admin, string note, string role = "A member")
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.Place("Members").ClickAsync();
        await admin.Link("Invite someone").ClickAsync();
        await admin.Page.GetByLabel("Who is it for").FillAsync(note);
        await admin.Page.GetByLabel("They become").SelectOptionAsync(new SelectOptionValue { Label = role });
        await admin.Button("Create the link").ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Img, new() { Name = "The link as a QR code" })).ToBeVisibleAsync();
        return await admin.Page.GetByLabel("Invitation link").InputValueAsync();
    }

    /// <summary>Drafts a proposal; returns the address of its page.</summary>
    public static async Task<string> DraftAsync(this Person author, string title, string body)
    {
        ArgumentNullException.ThrowIfNull(author);
        await author.GoAsync("/proposals");
        await author.Link("New proposal").ClickAsync();
        await author.Page.GetByLabel("Title").FillAsync(title);
        await author.Page.GetByRole(AriaRole.Textbox, new() { Name = "Proposal", Exact = true }).FillAsync(body);
        await author.Button("Save draft").ClickAsync();
        await author.SeeHeadingAsync(title);
        return PathOf(author.Page);
    }

    /// <summary>Opens the draft that the page shows.</summary>
    public static async Task OpenVoteAsync(this Person author, string term = "1 week")
    {
        ArgumentNullException.ThrowIfNull(author);
        await author.Button(term).ClickAsync();
        await author.Button("Open the vote").ClickAsync();
        await author.SeeAsync("How do you vote?");
    }

    /// <summary>Votes on the proposal that the page shows, for the first time or again.</summary>
    public static async Task VoteAsync(this Person member, string choice)
    {
        ArgumentNullException.ThrowIfNull(member);
        await member.Page.GetByRole(AriaRole.Radio, new() { Name = choice }).CheckAsync();
        await member.Page.GetByRole(AriaRole.Button, new() { NameRegex = VoteButton() }).ClickAsync();
        await member.SeeAsync($"Your vote is recorded: {choice}.");
    }

    public static async Task PublishAsync(this Person admin, string title, string body)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.Place("News").ClickAsync();
        await admin.Link("New announcement").ClickAsync();
        await admin.Page.GetByLabel("Title").FillAsync(title);
        await admin.Page.GetByLabel("Text").FillAsync(body);
        await admin.Button("Publish").ClickAsync();
        await admin.SeeHeadingAsync("News");
    }

    public static async Task CreateUnitAsync(this Person admin, string name, string code)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.GoAsync("/ledger/units/new");
        await admin.Page.GetByLabel("Name").FillAsync(name);
        await admin.Page.GetByLabel("Code").FillAsync(code);
        await admin.Button("Create unit").ClickAsync();
        await admin.SeeHeadingAsync("Ledger");
    }

    /// <param name="admin">Who opens it.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="owner">The member it is for; null for the co-op's own, an asset.</param>
    public static async Task OpenAccountAsync(this Person admin, string name, string? owner)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.GoAsync("/ledger/accounts/new");
        await admin.Page.GetByLabel("Name").FillAsync(name);
        if (owner is not null)
        {
            await admin.Page.GetByLabel("Whose account").SelectOptionAsync(new SelectOptionValue { Label = owner });
        }

        await admin.Button("Open account").ClickAsync();
        await admin.SeeHeadingAsync(name);
    }

    /// <summary>Books an amount as a debit of one account and a credit of another.</summary>
    public static async Task BookAsync(this Person admin, string memo, string amount, string debit, string credit)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.GoAsync("/ledger/journals/new");
        await admin.Page.GetByLabel("What for").FillAsync(memo);
        await admin.FillLineAsync(1, debit, amount);
        await admin.FillLineAsync(2, credit, amount);
        await admin.SeeAsync("It balances.");
        await admin.Button("Book it").ClickAsync();
        await admin.SeeHeadingAsync(memo);
    }

    /// <summary>Makes euros, a bank account, and savings of the member with so much on them; their page is shown then.</summary>
    public static async Task EndowAsync(this Person admin, string owner, string amount)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.CreateUnitAsync("Euro", "EUR");
        await admin.OpenAccountAsync("Bank", owner: null);
        await admin.OpenAccountAsync("Savings", owner);
        var savings = PathOf(admin.Page);
        await admin.BookAsync($"{owner} pays in", amount, "Bank (EUR)", $"Savings, {owner} (EUR)");
        await admin.GoAsync(savings);
    }

    public static async Task PayAsync(this Person payer, string receiver, string amount, string memo)
    {
        ArgumentNullException.ThrowIfNull(payer);
        await payer.Place("Ledger").ClickAsync();
        await payer.Link("Pay a member").ClickAsync();
        await payer.Page.GetByLabel("To", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = receiver });
        await payer.Page.GetByLabel("Amount in").FillAsync(amount);
        await payer.Page.GetByLabel("What for").FillAsync(memo);
        await payer.Button("Pay").ClickAsync();
        await payer.SeeAsync("History");
    }

    /// <summary>The path of the page that is shown, e.g. <c>/proposals/0198…</c>.</summary>
    public static string PathOf(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new Uri(page.Url).Fragment[1..];
    }

    /// <summary>Opens an account of the co-op's own, with its number and place in the chart.</summary>
    public static async Task OpenChartAccountAsync(
        this Person keeper, string name, string code, string type = "asset", string? below = null, bool isHeading = false)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        await keeper.GoAsync("/ledger/accounts/new");
        await keeper.Page.GetByLabel("Name").FillAsync(name);
        await keeper.Page.GetByLabel("What it counts").SelectOptionAsync(type);
        await keeper.Page.GetByText("Number, place and limits").ClickAsync();
        await keeper.Page.GetByLabel("Number", new() { Exact = true }).FillAsync(code);
        if (below is not null)
        {
            await keeper.Page.GetByLabel("Stands below").SelectOptionAsync(new SelectOptionValue { Label = below });
        }

        await keeper.Page.GetByLabel("A heading: nothing is booked on it").SetCheckedAsync(isHeading);
        await keeper.Button("Open account").ClickAsync();
        await keeper.SeeHeadingAsync(name);
    }

    /// <summary>Fills in an entry of 5.00 from the bank for rent.</summary>
    public static async Task FillBookingAsync(this Person keeper, string memo, string date)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        await keeper.GoAsync("/ledger/journals/new");
        await keeper.Page.GetByLabel("What for").FillAsync(memo);
        await keeper.Page.GetByLabel("Date").FillAsync(date);
        await keeper.FillLineAsync(1, "6000 Rent (EUR)", "5");
        await keeper.FillLineAsync(2, "1010 Bank (EUR)", "5");
    }

    /// <summary>Fills in one line of an entry.</summary>
    public static async Task FillLineAsync(this Person admin, int line, string account, string amount)
    {
        ArgumentNullException.ThrowIfNull(admin);
        await admin.Page.GetByLabel($"Account of line {line}").SelectOptionAsync(new SelectOptionValue { Label = account });
        await admin.Page.GetByLabel($"Amount of line {line}").FillAsync(amount);
    }

    /// <summary>Creates a class of shares at 50 EUR, without a time of notice.</summary>
    public static async Task CreateShareClassAsync(this Person keeper, string name, string code)
    {
        ArgumentNullException.ThrowIfNull(keeper);
        await keeper.GoAsync("/ledger/shares");
        await keeper.Link("New class of shares").ClickAsync();
        await keeper.Page.GetByLabel("Name").FillAsync(name);
        await keeper.Page.GetByLabel("Code").FillAsync(code);
        await keeper.Page.GetByLabel("One share costs, in EUR").FillAsync("50");
        await keeper.Page.GetByLabel("Days of notice").FillAsync("0");
        await keeper.Button("Create the class").ClickAsync();
        await keeper.SeeHeadingAsync(name);
    }

    [GeneratedRegex("^(Cast|Change) my vote$")]
    private static partial Regex VoteButton();
}
