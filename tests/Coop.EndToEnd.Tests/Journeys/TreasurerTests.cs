using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A treasurer's first year: from an empty chart of accounts to a closed one, and a mistake found later.</summary>
public sealed class TreasurerTests(Chromium chromium)
{
    [Fact]
    public async Task FromAnEmptyChart_ToAClosedPeriod_AndBack()
    {
        await using var node = await LocalNode.StartAsync();
        await using var ada = await Person.ArriveAsync(chromium.Browser, node.Url);
        await using var tess = await Person.ArriveAsync(chromium.Browser, node.Url);
        await ada.JoinAsync(node.EnrolmentLink, "Ada");
        await tess.JoinAsync(await ada.InviteAsync("Tess, who counts well", "A member and treasurer"), "Tess");

        await OpenChartAsync(tess);
        await BookWithDocumentAsync(tess);
        await TakeBackAsync(tess);
        await ReserveAndBookAsync(tess);
        await ReadReportsAsync(tess);
        await CloseAsync(tess);
        await OpenAgainAsync(tess, ada);
        Assert.Empty(ada.Complaints);
        Assert.Empty(tess.Complaints);
    }

    private static async Task OpenChartAsync(Person tess)
    {
        await tess.CreateUnitAsync("Euro", "EUR");
        await tess.OpenChartAccountAsync("Money", "1000", isHeading: true);
        await tess.OpenChartAccountAsync("Bank", "1010", below: "1000 Money");
        await tess.OpenChartAccountAsync("Sales", "4000", type: "income");
        await tess.OpenChartAccountAsync("Rent", "6000", type: "expense");
        await tess.GoAsync("/ledger");
        var assets = tess.Page.GetByRole(AriaRole.Region, new() { Name = "What the co-op has (asset)" });
        await Expect(assets.GetByRole(AriaRole.Link)).ToHaveTextAsync(["1000 Money", "1010 Bank"]);

        await tess.Link("1010 Bank").ClickAsync();
        await tess.Link("Change").ClickAsync();
        await tess.Page.GetByLabel("Never below, in EUR").FillAsync("-100");
        await tess.Button("Save").ClickAsync();
        await tess.SeeAsync("Not below −100.00 EUR.");
    }

    private static async Task BookWithDocumentAsync(Person tess)
    {
        await tess.GoAsync("/ledger/journals/new");
        await tess.Page.GetByLabel("What for").FillAsync("Market stall");
        await tess.Page.GetByLabel("Date").FillAsync("2026-01-31");
        await tess.FillLineAsync(1, "1010 Bank (EUR)", "250");
        await tess.FillLineAsync(2, "4000 Sales (EUR)", "200");
        await tess.SeeAsync("50.00 EUR more is needed on the credit side.");
        await tess.Button("Add a line").ClickAsync();
        await tess.FillLineAsync(3, "4000 Sales (EUR)", "50");
        await tess.SeeAsync("It balances.");
        await tess.Page.GetByText("Document number, files, and booking it later").ClickAsync();
        await tess.Page.GetByLabel("Document number").FillAsync("2026-001");
        await tess.Page.GetByLabel("Documents", new() { Exact = true }).SetInputFilesAsync(new FilePayload
        {
            Name = "receipt.txt", MimeType = "text/plain", Buffer = "abc"u8.ToArray(),
        });
        await tess.SeeAsync("receipt.txt");
        await tess.Button("Book it").ClickAsync();
        await tess.SeeHeadingAsync("Market stall");
        await tess.SeeAsync("No. 1, for 31 January 2026, document 2026-001");
        // SHA-256 of "abc", FIPS 180-4.
        await tess.SeeAsync("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        await tess.SeeAsync("The log has this entry, line by line. Your browser checked its receipt just now.");
        await tess.LooksRightAsync("/journal");
    }

    private static async Task TakeBackAsync(Person tess)
    {
        await tess.BookAsync("Rent, twice", "30", "6000 Rent (EUR)", "1010 Bank (EUR)");
        await tess.Button("Take it back").ClickAsync();
        var dialog = tess.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Why").FillAsync("It was booked already");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await tess.SeeHeadingAsync("It was booked already");
        await tess.SeeAsync("This takes another entry back.");
        await tess.Link("another entry").ClickAsync();
        await tess.SeeAsync("This was a mistake, and is taken back by another entry.");
        await Expect(tess.Button("Take it back")).ToHaveCountAsync(0);
    }

    private static async Task ReserveAndBookAsync(Person tess)
    {
        await tess.GoAsync("/ledger/journals/new");
        await tess.Page.GetByLabel("What for").FillAsync("Deposit for the hall");
        await tess.Page.GetByLabel("Date").FillAsync("2026-01-15");
        await tess.FillLineAsync(1, "6000 Rent (EUR)", "20");
        await tess.FillLineAsync(2, "1010 Bank (EUR)", "20");
        await tess.Page.GetByText("Document number, files, and booking it later").ClickAsync();
        await tess.Page.GetByLabel("Only reserve it now, and book it later").CheckAsync();
        await tess.Button("Reserve it").ClickAsync();
        await tess.SeeHeadingAsync("Pending");
        await tess.SeeAsync("Deposit for the hall");
        await tess.ButtonAbout("Book", "Deposit for the hall").ClickAsync();
        await tess.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await tess.Link("see the entry").ClickAsync();
        await tess.SeeHeadingAsync("Deposit for the hall");
    }

    private static async Task ReadReportsAsync(Person tess)
    {
        await tess.GoAsync("/ledger");
        await Expect(tess.Link("Balance sheet")).ToHaveCountAsync(0);
        await tess.Link("Reports").ClickAsync();
        await tess.SeeAsync("Trial balance in Euro");
        await Expect(tess.Link("Trial balance")).ToHaveAttributeAsync("aria-current", "page");
        await Expect(tess.Page.GetByRole(AriaRole.Row, new() { Name = "Together" })).ToContainTextAsync("250.00");
        await tess.Link("Balance sheet").ClickAsync();
        // The heading shows what stands below it.
        await Expect(tess.Page.GetByRole(AriaRole.Row, new() { Name = "1000 Money" })).ToContainTextAsync("230.00");
        await Expect(tess.Page.GetByRole(AriaRole.Row, new() { Name = "Surplus" }).First).ToContainTextAsync("230.00");
        await tess.Link("Income statement").ClickAsync();
        await tess.Page.GetByLabel("From", new() { Exact = true }).First.FillAsync("2026-01-01");
        await tess.Page.GetByLabel("To", new() { Exact = true }).First.FillAsync("2026-01-20");
        await Expect(tess.Page.GetByRole(AriaRole.Row, new() { Name = "Loss" })).ToContainTextAsync("20.00");

        await tess.GoAsync("/ledger");
        await tess.Link("1010 Bank").ClickAsync();
        await tess.Link("Statement").ClickAsync();
        await tess.Page.GetByLabel("From").FillAsync("2026-01-01");
        await tess.Page.GetByLabel("To").FillAsync("2026-01-31");
        await Expect(tess.Page.GetByRole(AriaRole.Row, new() { Name = "At the end" })).ToContainTextAsync("230.00");
        var download = await tess.Page.RunAndWaitForDownloadAsync(() => tess.Button("CSV").ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("2026-01-31,Market stall,250.00,230.00,", text, StringComparison.Ordinal);
    }

    private static async Task CloseAsync(Person tess)
    {
        await tess.GoAsync("/ledger/periods");
        await tess.SeeAsync("Every day is open");
        await tess.Page.GetByLabel("Close up to and with").FillAsync("2026-01-31");
        await tess.Button("Close the period").ClickAsync();
        await tess.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close the period" }).ClickAsync();
        await tess.SeeAsync("Closed up to 31 January 2026");

        await tess.FillBookingAsync("Too late", "2026-01-20");
        await tess.Button("Book it").ClickAsync();
        await Expect(tess.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await tess.SeeHeadingAsync("New entry");
    }

    private static async Task OpenAgainAsync(Person tess, Person ada)
    {
        await tess.GoAsync("/ledger/periods");
        await tess.Page.GetByText("Ask to open days again").ClickAsync();
        await tess.Page.GetByLabel("Open from").FillAsync("2026-01-15");
        await tess.Page.GetByLabel("Why").FillAsync("A late bill");
        await tess.Button("Ask").ClickAsync();
        await tess.SeeAsync("Waits for an administrator");

        await ada.GoAsync("/ledger/periods");
        await ada.ButtonAbout("Agree", "A late bill").ClickAsync();
        await ada.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Agree" }).ClickAsync();
        await ada.SeeAsync("Closed up to 14 January 2026");

        await tess.FillBookingAsync("A late bill", "2026-01-20");
        await tess.Button("Book it").ClickAsync();
        await tess.SeeHeadingAsync("A late bill");
    }
}
