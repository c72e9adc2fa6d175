using Coop.EndToEnd.Tests.Browser;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A co-op with one of each thing.</summary>
public static class Furnish
{
    /// <summary>Fills the co-op of its first administrator.</summary>
    /// <returns>The path of every page that there is to see then.</returns>
    public static async Task<IReadOnlyList<string>> PagesAsync(Person ada)
    {
        ArgumentNullException.ThrowIfNull(ada);
        var draft = await ada.DraftAsync("A longer title for a draft that is still being written", "Why not?");
        var open = await ada.DraftAsync("Buy a second oven", "The first one is always full.\n\nSo let us buy one.");
        await ada.OpenVoteAsync();
        await ada.VoteAsync("Yes");
        await ada.PublishAsync("Closed on Monday", "The bakery is closed next Monday.");
        var announcement = Steps.PathOf(ada.Page);
        await ada.CreateUnitAsync("Euro", "EUR");
        await ada.OpenChartAccountAsync("A heading with a long name that needs a second line", "1000", isHeading: true);
        await ada.OpenChartAccountAsync("Cash box", "1010", below: "1000 A heading with a long name that needs a second line");
        await ada.OpenAccountAsync("Savings", "Ada");
        var account = Steps.PathOf(ada.Page);
        await ada.BookAsync("Ada pays in", "1234567.89", "1010 Cash box (EUR)", "Savings, Ada (EUR)");
        var journal = Steps.PathOf(ada.Page);
        await ada.CreateShareClassAsync("Member share", "SHARE");
        await ada.GoAsync("/ledger/shares");
        await ada.Button("Ask for them").ClickAsync();
        await ada.SeeAsync("1 share of Member share");
        await ada.InviteAsync("Ben from the bakery");
        await ada.GoAsync("/log/mine");
        await ada.Link("You joined the co-op").ClickAsync();
        await ada.SeeAsync("This receipt is genuine.");
        var logged = Steps.PathOf(ada.Page);
        return
        [
            "/", "/proposals", "/proposals/in/closed", "/proposals/in/draft", "/proposals/new", draft, $"{draft}/edit",
            open, "/announcements", announcement, "/announcements/new", "/ledger", "/ledger/pay", "/ledger/units/new",
            "/ledger/accounts/new", "/ledger/journals/new", account, $"{account}/edit", $"{account}/statement", journal,
            "/ledger/journals", "/ledger/pending", "/ledger/periods", "/ledger/reports", "/ledger/reports/balance-sheet",
            "/ledger/reports/income-statement", "/ledger/trade", "/ledger/bank", "/ledger/shares", "/ledger/shares/new",
            "/ledger/shares/SHARE", "/members/mine/statement", "/ledger/trade/nettings",
            "/ledger/trade/in-doubt", "/ledger/pay-away", "/ledger/patronage", "/ledger/patronage/record",
            "/ledger/patronage/divide", "/members", "/members/invite", "/log",
            "/log/mine", logged, "/wallet", "/wallet/told", "/credentials", "/claims",
            "/commons", "/peers", "/peers/invite", "/evidence", "/nowhere",
        ];
    }
}
