using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Accounts;

public sealed class AccountStateTests
{
    [Theory]
    [InlineData(AccountType.Asset, 5, 5)]
    [InlineData(AccountType.Expense, 5, 5)]
    [InlineData(AccountType.Liability, 5, -5)]
    [InlineData(AccountType.Equity, -5, 5)]
    [InlineData(AccountType.Income, -5, 5)]
    public void NormalBalance_CountsWhatTheTypeGrowsBy(AccountType type, long balance, long expected) =>
        Assert.Equal(expected, State(type, null, balance).NormalBalanceMinor);

    [Theory]
    [InlineData(AccountType.Liability, 0L, -10, -1, false)]
    [InlineData(AccountType.Liability, 0L, -10, 0, false)]
    [InlineData(AccountType.Liability, 0L, -10, 1, true)]
    [InlineData(AccountType.Liability, -50L, -10, 50, false)]
    [InlineData(AccountType.Liability, -50L, -10, 51, true)]
    [InlineData(AccountType.Asset, 0L, 10, -1, true)]
    [InlineData(AccountType.Asset, 20L, 30, 19, true)]
    [InlineData(AccountType.Asset, null, 10, -1, false)]
    public void BreaksFloor_WhenTheNormalBalanceSinksBelowIt(
        AccountType type, long? floor, long from, long to, bool expected) =>
        Assert.Equal(expected, State(type, floor, from).BreaksFloor(State(type, floor, to)));

    [Fact]
    public void BreaksFloor_NeverByAStepUpwards()
    {
        var sunk = State(AccountType.Asset, 0, -100);
        Assert.False(sunk.BreaksFloor(State(AccountType.Asset, 0, -90)));
        Assert.True(sunk.BreaksFloor(State(AccountType.Asset, 0, -101)));
    }

    [Fact]
    public void DefaultFloor_IsZeroForMembersAlone()
    {
        Assert.Equal(0, Account.DefaultFloor(new MemberId(new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]))));
        Assert.Null(Account.DefaultFloor(null));
    }

    private static AccountState State(AccountType type, long? floor, long balance) => new(
        new Account(default, null, "A", UnitCode.Parse("EUR"), type, null, floor),
        new Amount(balance),
        1);
}
