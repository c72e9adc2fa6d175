using Coop.Ledger.Banking;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Tests.Banking;

public sealed class CsvStatementTests
{
    private static readonly CsvColumns German = new(
        "Buchung", "Betrag", "dd.MM.yyyy", ',', ';', "Wertstellung", "Referenz", "Name", "Zweck", null, "Waehrung");

    private const string Head = "Buchung;Wertstellung;Name;Zweck;Referenz;Betrag;Waehrung\r\n";

    [Fact]
    public void Reads_WhatABankWrites()
    {
        var statement = CsvStatement.Read(
            "\uFEFF" + Head + "02.03.2026;03.03.2026;\"Ben; \"\"B\"\"\";\"two\nlines\";R 1;-1.234,50;EUR\r\n04.03.2026;;;;;7;EUR\n\n", German);
        Assert.Equal("EUR", statement.Currency);
        Assert.Equal(new BankLine(new(2026, 3, 2), new(2026, 3, 3), -1234.50m, "", "R 1", "Ben; \"B\"", "two lines"), statement.Lines[0]);
        Assert.Equal(new BankLine(new(2026, 3, 4), new(2026, 3, 4), 7m, "", "", "", ""), statement.Lines[1]);
        Assert.Equal(2, statement.Lines.Count);
    }

    [Theory]
    [InlineData("", ExchangeFault.Malformed, 1)]
    [InlineData("a;b\n", ExchangeFault.Malformed, 1)]
    [InlineData(Head + "02.03.2026;;;;;x;EUR\n", ExchangeFault.Malformed, 2)]
    [InlineData(Head + "2026-03-02;;;;;5;EUR\n", ExchangeFault.Malformed, 2)]
    [InlineData(Head + "02.03.2026;;\n", ExchangeFault.Malformed, 2)]
    [InlineData(Head + "02.03.2026;;\"open;;;5;EUR\n", ExchangeFault.Malformed, 2)]
    [InlineData(Head + "02.03.2026;;;;;5;EUR\n03.03.2026;;;;;5;USD\n", ExchangeFault.Inconsistent, 0)]
    public void Refuses_WhatIsNotClear(string file, ExchangeFault fault, int line)
    {
        var refusal = Assert.Throws<ExchangeException>(() => CsvStatement.Read(file, German));
        Assert.Equal((fault, line), (refusal.Fault, refusal.Line));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("%")]
    [InlineData("dd\\")]
    [InlineData("HH:mm")]
    public void Refuses_APatternThatIsNoDate(string format)
    {
        var columns = new CsvColumns("Date", "Amount", format);
        Assert.Equal(
            ExchangeFault.Malformed,
            Assert.Throws<ExchangeException>(() => CsvStatement.Read("Date,Amount\n2026-01-01,1.00\n", columns)).Fault);
    }

    [Fact]
    public void Refuses_WhatHasNoEnd()
    {
        Assert.Equal(ExchangeFault.TooLarge, Assert.Throws<ExchangeException>(() => CsvStatement.Read(new string('x', 5000), German)).Fault);
        Assert.Equal(ExchangeFault.TooLarge, Assert.Throws<ExchangeException>(() => CsvStatement.Read(new string(';', 500), German)).Fault);
    }

    [Fact]
    public void AnyText_IsReadOrRefused()
    {
        const string Alphabet = "02.03.2026;\"\n\r,5-E";
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Head + string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                CsvStatement.Read(text, German);
            }
            catch (ExchangeException)
            {
                // Refused.
            }
        }
    }
}
