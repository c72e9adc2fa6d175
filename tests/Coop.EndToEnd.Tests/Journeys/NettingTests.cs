using Coop.EndToEnd.Tests.Browser;
using Coop.Federation.Peering;

namespace Coop.EndToEnd.Tests.Journeys;

/// <summary>Three co-ops that owe each other in a ring take the same amount off every debt.</summary>
public sealed class NettingTests(Chromium chromium)
{
    private const string NettingPage = "/ledger/trade/nettings";
    private static readonly TradeLimit Limit = new("EUR", 50_000);

    [Fact]
    public async Task ThreeTreasurers_NetARingOfDebts()
    {
        await using var home = await LocalNode.StartAsync();
        await using var mill = await LocalNode.StartAsync("Mill Co-op");
        await using var dairy = await LocalNode.StartAsync("Dairy Co-op");
        await using var ada = await Person.ArriveAsync(chromium.Browser, home.Url);
        await using var mia = await Person.ArriveAsync(chromium.Browser, mill.Url);
        await using var dan = await Person.ArriveAsync(chromium.Browser, dairy.Url);
        await home.PeerWithAsync(mill, Limit);
        await mill.PeerWithAsync(dairy, Limit);
        await dairy.PeerWithAsync(home, Limit);
        var (toAda, toMia, toDan) = (
            await BeginAsync(ada, home, "Ada"), await BeginAsync(mia, mill, "Mia"), await BeginAsync(dan, dairy, "Dan"));

        await ada.UntilTradingWithAsync("Mill Co-op");
        await ada.PayAwayAsync(toMia, "12.50", "Flour");
        await mia.UntilTradingWithAsync("Dairy Co-op");
        await mia.PayAwayAsync(toDan, "20", "Milk");
        await dan.UntilTradingWithAsync("Harvest Moon Co-op");
        await dan.PayAwayAsync(toAda, "15", "Apples");

        await NetAsync(ada, mia, dan);
        await ada.UntilAsync(TradeSteps.TradePage, "Nobody owes anything");
        await ada.SeeAsync("They owe us 2.50 EUR");
        await mia.UntilAsync(TradeSteps.TradePage, "We owe them 7.50 EUR");
        Assert.All(new[] { ada, mia, dan }, person => Assert.Empty(person.Complaints));
    }

    private static async Task<string> BeginAsync(Person person, LocalNode node, string name)
    {
        await person.JoinAsync(node.EnrolmentLink, name);
        await person.EndowAsync(name, "100");
        return await person.PaymentAddressAsync();
    }

    private static async Task NetAsync(Person ada, Person mia, Person dan)
    {
        await ada.UntilAsync(NettingPage, "Dairy Co-op owes us, Mill Co-op owes Dairy Co-op, we owe Mill Co-op.");
        await ada.LooksRightAsync("/nettings-possible");
        await ada.ConfirmAsync("Propose it");
        await ada.SeeAsync("Waits for the others");
        foreach (var person in new[] { dan, mia })
        {
            // The proposal goes around the ring: whoever has agreed asks the next debtor.
            await person.UntilAsync(NettingPage, "Waits for our answer");
            await person.LooksRightAsync("/nettings-asked");
            await person.ConfirmAsync("Agree");
        }

        await ada.UntilAsync(NettingPage, "Done");
        await ada.LooksRightAsync("/nettings-done");
        await ada.UntilAsync("/ledger/trade/in-doubt", "Every payment is decided.");
        await ada.LooksRightAsync("/in-doubt");
    }
}
