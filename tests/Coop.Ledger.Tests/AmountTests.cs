namespace Coop.Ledger.Tests;

public sealed class AmountTests
{
    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(-long.MaxValue, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Refuses_WhenTheSumDoesNotFit(long left, long right)
    {
        Assert.False(new Amount(left).TryAdd(new Amount(right), out var sum));
        Assert.Equal(Amount.Zero, sum);
        Assert.False(new Amount(right).TryAdd(new Amount(left), out _));
    }

    [Theory]
    [InlineData(long.MaxValue, -long.MaxValue, 0)]
    [InlineData(long.MaxValue - 1, 1, long.MaxValue)]
    [InlineData(-long.MaxValue + 1, -1, -long.MaxValue)]
    public void Adds_UpToTheLimits(long left, long right, long expected)
    {
        Assert.True(new Amount(left).TryAdd(new Amount(right), out var sum));
        Assert.Equal(expected, sum.Minor);
    }
}
