using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Units;

public sealed class UnitCodeTests
{
    [Theory]
    [InlineData("EUR")]
    [InlineData("X1")]
    [InlineData("ABCDEFGHIJ12")]
    public void Accepts(string text)
    {
        Assert.True(UnitCode.TryParse(text, out var code));
        Assert.Equal(text, code.Value);
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("E")]
    [InlineData("ABCDEFGHIJ123")]
    [InlineData("eur")]
    [InlineData("EU ")]
    [InlineData("EU-R")]
    [InlineData("ÉUR")]
    [InlineData("EU\u0662")]
    public void Refuses(string? text)
    {
        Assert.False(UnitCode.TryParse(text, out _));
        Assert.Throws<FormatException>(() => UnitCode.Parse(text!));
    }

    [Fact]
    public void Refuses_WhenNeverSet() =>
        Assert.Throws<InvalidOperationException>(() => default(UnitCode).Value);
}
