using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Exchange;

/// <summary>How an hledger journal's balances become accounts and journals here.</summary>
public sealed class OpeningPlanTests
{
    private static readonly Unit Euro = new(UnitCode.Parse("EUR"), "Euro", 2, UnitKind.Money);
    private static readonly Unit Hours = new(UnitCode.Parse("HRS"), "Hours", 0, UnitKind.Hours);

    [Fact]
    public void KnowsAccounts_ByTypeUnitAndName_AndOpensTheRest()
    {
        var bank = new BookAccount(new(new Guid(1, 0, 0, new byte[8])), "1000", "bank:giro", Euro, AccountType.Asset);
        var plan = Plan("""
            2026-01-01 Opening
                assets:bank:giro   12.50 EUR
                assets:time  3 HRS
                liabilities:time  -3 HRS
                revenues:sales
            """, bank);
        Assert.Equal(
            [("bank:giro", AccountType.Asset, "EUR", 1250L), ("sales", AccountType.Income, "EUR", -1250L),
                ("time", AccountType.Asset, "HRS", 3L), ("time", AccountType.Liability, "HRS", -3L)],
            plan.Accounts.Select(a => (a.Name, a.Type, a.Unit, a.AmountMinor)));
        Assert.Equal([bank.Id, null, null, null], plan.Accounts.Select(a => a.Existing));
        Assert.Equal(2, plan.Journals.Count);
    }

    [Fact]
    public void WhatDoesNotBalanceInAUnit_IsPutOnEquity()
    {
        var plan = Plan("""
            2026-01-01 Bought hours
                assets:time  3 HRS @ 10 EUR
                assets:cash
            """);
        Assert.All(plan.Journals, j => Assert.Equal(0, j.Sum(p => p.AmountMinor)));
        Assert.Contains(plan.Accounts, a => a is { Name: OpeningPlan.BalancingName, Unit: "EUR", Type: AccountType.Equity, AmountMinor: 3000 });
        Assert.Contains(plan.Accounts, a => a is { Name: OpeningPlan.BalancingName, Unit: "HRS", AmountMinor: -3 });
    }

    [Fact]
    public void ManyAccounts_ComeInSeveralJournals_OfAThousandPostingsAtMost()
    {
        var lines = Enumerable.Range(1, 2500).Select(i => $"    assets:a{i}  {i}.00 EUR").Append("    equity:start");
        var plan = Plan("2026-01-01 Opening\n" + string.Join('\n', lines));
        Assert.True(plan.Journals.Count >= 3);
        Assert.All(plan.Journals, j => Assert.True(j.Count <= 1000 && j.Sum(p => p.AmountMinor) == 0));
        var posted = plan.Journals.SelectMany(j => j).GroupBy(p => p.Account).ToDictionary(g => g.Key, g => g.Sum(p => p.AmountMinor));
        Assert.All(plan.Accounts.Select((a, i) => (a.AmountMinor, Posted: posted.GetValueOrDefault(i))), a => Assert.Equal(a.AmountMinor, a.Posted));
    }

    [Theory]
    [InlineData("bank", "EUR", "1", "What type")]
    [InlineData("assets:bank", "USD", "1", "no unit")]
    [InlineData("assets:bank", "EUR", "0.001", "decimals")]
    [InlineData("assets:bank", "EUR", "99999999999999999999", "decimals")]
    public void Refuses_WhatHasNoPlaceHere(string account, string unit, string amount, string words)
    {
        var e = Assert.Throws<ExchangeException>(() => Plan($"decimal-mark .\n2026-01-01 x\n    {account}  {amount} {unit}\n    equity:start\n"));
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    private static OpeningPlan Plan(string journal, params BookAccount[] existing) =>
        OpeningPlan.Of(HledgerJournal.Read(new StringReader(journal)), [Euro, Hours], existing);
}
