using Coop.EndToEnd.Tests.Browser;
using Coop.Federation.Peering;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>A member pays a member of another co-op, and the two co-ops settle what one then owes the other.</summary>
public sealed class TradingTests(Chromium chromium)
{
    [Fact]
    public async Task AMember_PaysAMemberOfAnotherCoop_AndTheCoopsSettle()
    {
        await using var home = await LocalNode.StartAsync();
        await using var away = await LocalNode.StartAsync("Mill Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, away.Url);
        await ada.JoinAsync(home.EnrolmentLink, "Ada");
        await mia.JoinAsync(away.EnrolmentLink, "Mia");
        await home.PeerWithAsync(away, new TradeLimit("EUR", 50_000));

        await ada.EndowAsync("Ada", "40.00");
        await mia.EndowAsync("Mia", "1.00");
        var address = await mia.PaymentAddressAsync();
        await mia.LooksRightAsync("/trade-address");
        await ada.UntilTradingWithAsync("Mill Co-op");
        await mia.UntilTradingWithAsync("Harvest Moon Co-op");
        await ada.LooksRightAsync("/trade-none-owed");

        await PayAsync(ada, address);
        await SettleAsync(mia);
        await ada.UntilAsync(TradeSteps.TradePage, "Nobody owes anything");
        await ada.LooksRightAsync("/trade-settled");
        Assert.Empty(ada.Complaints);
        Assert.Empty(mia.Complaints);
    }

    private static async Task PayAsync(Person ada, string address)
    {
        await ada.Link("Pay someone at another co-op").ClickAsync();
        await ada.Page.GetByLabel("Their payment address").FillAsync("did:web:nobody.example/accounts/1");
        await ada.SeeAsync("That is no payment address.");
        await Expect(ada.Button("Pay")).ToBeDisabledAsync();
        await ada.Page.GetByLabel("Their payment address").FillAsync(address);
        await ada.SeeAsync("At Mill Co-op.");
        await ada.Page.GetByLabel("Amount in EUR").FillAsync("12,50");
        await ada.Page.GetByLabel("What for").FillAsync("Two sacks of flour");
        await ada.LooksRightAsync("/trade-pay");
        await ada.Button("Pay").ClickAsync();
        await ada.SeeHeadingAsync("Other co-ops");
        await ada.UntilAsync(TradeSteps.TradePage, "We owe them 12.50 EUR");
        await ada.SeeAsync("Two sacks of flour");
        await ada.UntilAsync(TradeSteps.TradePage, "Paid");
        await ada.LooksRightAsync("/trade-paid");
        await ada.GoAsync("/ledger");
        await ada.SeeAsync("27.50 EUR");
    }

    private static async Task SettleAsync(Person mia)
    {
        await mia.UntilAsync(TradeSteps.TradePage, "They owe us 12.50 EUR");
        await mia.UntilAsync(TradeSteps.TradePage, "Arrived");
        await mia.Page.GetByText("They have paid what they owed").ClickAsync();
        await mia.Page.GetByLabel("Where the money came in").SelectOptionAsync(new SelectOptionValue { Label = "Bank (EUR)" });
        await Expect(mia.Page.GetByLabel("Amount in EUR")).ToHaveValueAsync("12.50");
        await mia.LooksRightAsync("/trade-settle");
        await mia.Button("Settle").ClickAsync();
        // Whoever leaves before the answer may take the request along.
        await Expect(mia.Page.GetByText("Settled 12.50 EUR.")).ToBeVisibleAsync();
        await mia.UntilAsync(TradeSteps.TradePage, "Nobody owes anything");
        await mia.GoAsync("/ledger");
        await mia.SeeAsync("13.50 EUR");
    }
}
