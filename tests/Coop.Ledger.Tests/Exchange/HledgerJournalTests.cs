using Coop.Ledger.Exchange;

namespace Coop.Ledger.Tests.Exchange;

public sealed class HledgerJournalTests
{
    [Fact]
    public void Reads_WhatPeopleWrite()
    {
        var journal = Read("""
            ; a comment
            decimal-mark ,
            account assets:bank
              ; type: A
            commodity 1.000,00 EUR
            comment
            2020-01-01 not a transaction
            end comment

            2026/1/5=2026-01-07 * (12) Opening | note  ; tag:
                assets:bank account   1.250,50 EUR = 1.250,50 EUR  ; said
                assets:shares\t3 "SHARE1" @ 25 EUR
                ! equity:opening
            2026-02-01 Rent
                expenses:rent  €3
                assets:cash  -€3
            """.Replace("\\t", "\t", StringComparison.Ordinal));
        Assert.Equal(2, journal.TransactionCount);
        Assert.Equal(new DateOnly(2026, 2, 1), journal.LastDate);
        Assert.Equal(1250.50m, journal.Balances[("assets:bank account", "EUR")]);
        Assert.Equal(3m, journal.Balances[("assets:shares", "SHARE1")]);
        Assert.Equal(-1325.50m, journal.Balances[("equity:opening", "EUR")]);
        Assert.Equal(-3m, journal.Balances[("assets:cash", "€")]);
    }

    [Theory]
    [InlineData("2026-01-01 x\n  a:b  5 EUR\n  c:d  -4 EUR\n", ExchangeFault.Inconsistent, 2)]
    [InlineData("2026-01-01 x\n  a:b  5 EUR\n  c:d\n  e:f\n", ExchangeFault.Malformed, 4)]
    [InlineData("2026-02-30 x\n", ExchangeFault.Malformed, 1)]
    [InlineData("01-02 x\n", ExchangeFault.Malformed, 1)]
    [InlineData("include /etc/passwd\n", ExchangeFault.Unsupported, 1)]
    [InlineData("~ monthly\n  a  5\n", ExchangeFault.Unsupported, 1)]
    [InlineData("= a\n  b  5\n", ExchangeFault.Unsupported, 1)]
    [InlineData("alias a=b\n", ExchangeFault.Unsupported, 1)]
    [InlineData("apply account x\n", ExchangeFault.Unsupported, 1)]
    [InlineData("2026-01-01 x\n  (a)  5 EUR\n", ExchangeFault.Unsupported, 2)]
    [InlineData("2026-01-01 x\n  a  1,234 EUR\n  b\n", ExchangeFault.Unsupported, 2)]
    [InlineData("2026-01-01 x\n  a  1.2.3,4,5 EUR\n  b\n", ExchangeFault.Malformed, 2)]
    [InlineData("2026-01-01 x\n  a  five\n  b\n", ExchangeFault.Malformed, 2)]
    [InlineData("  a  5\n", ExchangeFault.Malformed, 1)]
    [InlineData("2026-01-01 x\n  a  79228162514264337593543950335 X\n  a  79228162514264337593543950335 X\n  b\n", ExchangeFault.TooLarge, 3)]
    [InlineData("2026-01-01 x\n  a  99999999999999999999 X @ 99999999999999999999 Y\n  b\n", ExchangeFault.TooLarge, 2)]
    [InlineData("{}", ExchangeFault.Unsupported, 1)]
    public void Refuses_WhatIsNotClear(string text, ExchangeFault fault, int line)
    {
        var refusal = Assert.Throws<ExchangeException>(() => Read(text));
        Assert.Equal((fault, line), (refusal.Fault, refusal.Line));
    }

    [Fact]
    public void Refuses_AnEndlessLine() =>
        Assert.Equal(ExchangeFault.TooLarge, Assert.Throws<ExchangeException>(() => Read(new string('x', HledgerJournal.MaxLineLength + 1))).Fault);

    /// <summary>Whatever stands in a file, it is read or refused.</summary>
    [Fact]
    public void AnyText_IsReadOrRefused()
    {
        const string Alphabet = "2026-01-01 a:b  5,.\"@=;()[]~*!€\n\t  -EUR";
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                Read(i % 2 == 0 ? text : "2026-01-01 x\n  a  " + text);
            }
            catch (ExchangeException)
            {
                // Refused.
            }
        }
    }

    private static HledgerBalances Read(string text)
    {
        using var reader = new StringReader(text);
        return HledgerJournal.Read(reader);
    }
}
