using Coop.Federation.Trade;

namespace Coop.Federation.Tests.Trade;

public sealed class NettingSearchTests
{
    [Fact]
    public void FindsTheRingsThroughOne_TheLargestFirst_InTheDirectionOfTheDebts()
    {
        Debt[] debts =
        [
            Owes("b", "a", 30), Owes("c", "b", 20), Owes("a", "c", 50),
            Owes("d", "c", 40), Owes("a", "d", 25),

            // A ring that does not go through a, one the wrong way round, and one in two units.
            Owes("f", "e", 9), Owes("g", "f", 9), Owes("e", "g", 9),
            Owes("b", "a", 7, "HOURS"), Owes("c", "b", 7, "HOURS"), Owes("a", "c", 7, "SHARES"),
        ];
        var found = NettingSearch.Find(debts, "a", 10);
        Assert.Equal(
            ["a b c: 20 EUR", "a b c d: 20 EUR"],
            found.Select(p => $"{string.Join(' ', p.Ring)}: {p.AmountMinor} {p.Unit}"));
        Assert.Single(NettingSearch.Find(debts, "a", 1));
    }

    [Fact]
    public void TwoThatOweEachOther_AreNoRing() =>
        Assert.Empty(NettingSearch.Find([Owes("b", "a", 5), Owes("a", "b", 5)], "a", 10));

    [Fact]
    public void Ends_WhereEverybodyOwesEverybody()
    {
        var all = Enumerable.Range(0, 60).Select(i => $"n{i}").ToList();
        var debts = from debtor in all from creditor in all where debtor != creditor select Owes(debtor, creditor, 1);
        Assert.Equal(20, NettingSearch.Find(debts, "n0", 20).Count);
    }

    private static Debt Owes(string debtor, string creditor, long amountMinor, string unit = "EUR") => new(debtor, creditor, unit, amountMinor);
}
