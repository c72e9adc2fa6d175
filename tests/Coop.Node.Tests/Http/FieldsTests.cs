using Coop.Node.Http;

namespace Coop.Node.Tests.Http;

public sealed class FieldsTests
{
    [Theory]
    [InlineData(" a ", "a")]
    [InlineData("a  b", "a  b")]
    [InlineData("Zoë 🌱", "Zoë 🌱")]
    public void Text_IsTrimmed(string sent, string kept) => Assert.Equal(kept, Fields.Text(sent, "f", 1, 10));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("12345678901")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u001Bb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2066b")]
    [InlineData("\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331\U0001F331")]
    public void Text_IsRefused(string? sent)
    {
        var refusal = Assert.Throws<RefusalException>(() => Fields.Text(sent, "f", 1, 10));
        Assert.Equal(ProblemTypes.InvalidField, refusal.Type);
        Assert.Equal("f", refusal.Field);
    }

    // xunit cannot carry a lone surrogate as data of a theory.
    [Fact]
    public void Text_IsRefused_WithALoneSurrogate()
    {
        foreach (var sent in new[] { "a\uD83C", "\uDF31a", "\uDF31\uD83C", "\uD83C\uD83C\uDF31" })
        {
            Assert.Throws<RefusalException>(() => Fields.Text(sent, "f", 1, 10));
            Assert.Throws<RefusalException>(() => Fields.Multiline(sent, "f", 1, 10));
        }
    }

    [Fact]
    public void Multiline_KeepsLines_AndUnifiesTheirEnds() =>
        Assert.Equal("a\n\tb\n\nc", Fields.Multiline("a\r\n\tb\n\r\nc\r\n", "f", 1, 20));

    [Fact]
    public void Range_HoldsBothBounds()
    {
        Assert.Equal(1, Fields.Range(1, "f", 1, 3));
        Assert.Equal(3, Fields.Range(3, "f", 1, 3));
        Assert.Throws<RefusalException>(() => Fields.Range(0, "f", 1, 3));
        Assert.Throws<RefusalException>(() => Fields.Range(4, "f", 1, 3));
    }

    [Fact]
    public void Cursor_ComesBack()
    {
        foreach (var key in new[] { "", "x", "2030-01-01 01890a5d-ac96-774b-bcce-b302099a8057", "Zoë" })
        {
            Assert.Equal(key, Cursor.Decode(Cursor.Encode(key)));
        }
    }
}
