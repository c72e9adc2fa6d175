using Coop.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>What members and treasurers of co-ops that trade do.</summary>
internal static class TradeSteps
{
    public const string TradePage = "/ledger/trade";

    /// <summary>Where others pay to, read off the account that the page shows.</summary>
    public static Task<string> PaymentAddressAsync(this Person person) =>
        person.Page.GetByLabel("Payment address", new() { Exact = true }).InputValueAsync();

    /// <summary>Opens the page until trade with that co-op is open, and the two nodes have told each other what they hold.</summary>
    public static async Task UntilTradingWithAsync(this Person person, string coop)
    {
        // The name of the region is the co-op's alone when nothing is to be said of how it stands.
        var region = person.Page.GetByRole(AriaRole.Region, new() { Name = coop, Exact = true });
        do
        {
            await person.UntilAsync(TradePage, coop);
        }
        while (await region.CountAsync() == 0);
    }

    /// <summary>Pays to an address, and waits until it is paid.</summary>
    public static async Task PayAwayAsync(this Person payer, string address, string amount, string memo)
    {
        await payer.GoAsync("/ledger/pay-away");
        await payer.Page.GetByLabel("Their payment address").FillAsync(address);
        await payer.Page.GetByLabel("Amount in EUR").FillAsync(amount);
        await payer.Page.GetByLabel("What for").FillAsync(memo);
        await payer.Button("Pay").ClickAsync();
        await payer.SeeHeadingAsync("Other co-ops");
        await payer.UntilAsync(TradePage, "Paid");
    }
}
