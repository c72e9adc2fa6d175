using Coop.Identity.Passkeys;

namespace Coop.Identity.Tests.Passkeys;

public sealed class PasskeyRulesTests
{
    [Fact]
    public void Origin_IsOneOfTheList_ExactlyAsABrowserSpellsIt()
    {
        var rule = new OriginRule(["https://Acorn.example:443/some/path", "http://localhost:5080"]);

        Assert.True(rule.Allows("https://acorn.example"));
        Assert.True(rule.Allows("http://localhost:5080"));
        foreach (var other in new[]
        {
            null, "", "null", "https://acorn.example/", "https://ACORN.example", "https://acorn.example:443",
            "http://acorn.example", "https://www.acorn.example", "https://acorn.example.evil.example", "http://localhost",
        })
        {
            Assert.False(rule.Allows(other), other);
        }
    }

    [Fact]
    public void Ceremony_IsRefused_InsideAnotherSitesFrame()
    {
        var rule = new OriginRule(["http://localhost:5080"]);
        Assert.True(rule.AllowsCeremony("http://localhost:5080", crossOrigin: false, topOrigin: null));
        Assert.False(rule.AllowsCeremony("http://localhost:5080", crossOrigin: true, topOrigin: null));
        Assert.False(rule.AllowsCeremony("http://localhost:5080", crossOrigin: false, topOrigin: "http://evil.example"));
    }

    [Theory]
    [InlineData("acorn.example")]
    [InlineData("ftp://acorn.example")]
    [InlineData("file:///tmp")]
    [InlineData("")]
    public void Rule_IsRefused_WhenAnAddressIsNoWebOrigin(string address) =>
        Assert.Throws<FormatException>(() => new OriginRule([address]));

    [Fact]
    public void Token_ComesBack_AndIsFoundByItsHash()
    {
        var token = InvitationToken.New();

        Assert.True(InvitationToken.TryParse(token.Text, out var parsed));
        Assert.Equal(InvitationToken.Length, token.Text.Length);
        Assert.Equal(token.Hash(), parsed.Hash());
        Assert.Equal(32, parsed.Hash().Length);
        Assert.NotEqual(token.Text, InvitationToken.New().Text);
    }

    [Fact]
    public void Token_HasOneSpelling()
    {
        var zeros = new string('A', InvitationToken.Length);
        Assert.True(InvitationToken.TryParse(zeros, out _));
        foreach (var text in new[] { null, "", zeros[1..], zeros + "A", zeros[1..] + "B", zeros[1..] + "=", zeros[1..] + "+", zeros[1..] + " " })
        {
            Assert.False(InvitationToken.TryParse(text, out _), text);
        }
    }

    [Fact]
    public void Transports_KeepPlausibleNames()
    {
        string[] sent = ["internal", "internal", "hybrid", "", "with space", new string('x', 33), "smart-card", "ü"];
        var kept = Transports.Join(sent);
        Assert.Equal("internal hybrid smart-card", kept);
        Assert.Equal(["internal", "hybrid", "smart-card"], Transports.Split(kept));
        Assert.Equal("", Transports.Join(null));
        Assert.Empty(Transports.Split(""));
        Assert.Equal(Transports.MaxCount, Transports.Split(Transports.Join(Enumerable.Range(0, 99).Select(i => $"t{i}"))).Length);
    }
}
