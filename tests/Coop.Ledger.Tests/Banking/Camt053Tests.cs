using System.Text;
using Coop.Ledger.Banking;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Tests.Banking;

public sealed class Camt053Tests
{
    internal const string Entry1 = """
        <Ntry><Amt Ccy="EUR">105.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
          <BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt><AcctSvcrRef>BR-1</AcctSvcrRef>
          <NtryDtls><TxDtls><Refs><EndToEndId>INV-17</EndToEndId></Refs>
            <RltdPties><Dbtr><Pty><Nm>Ben  Baker</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Us</Nm></Pty></Cdtr></RltdPties>
            <RmtInf><Ustrd>Thanks</Ustrd><Ustrd>for 17</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        """;

    internal const string Entry2 = """
        <Ntry><Amt Ccy="EUR">5.5</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-04T10:00:00+01:00</DtTm></BookgDt>
          <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Cdtr><Nm>The bank</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>
          <AddtlNtryInf>Fees</AddtlNtryInf></Ntry>
        """;

    internal static string File(string entries, string version = "08", string closing = "1100.00", string prolog = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>{prolog}
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>
        <Stmt><Id>S-1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
        {entries}</Stmt></BkToCstmrStmt></Document>
        """;

    [Theory]
    [InlineData("02")]
    [InlineData("08")]
    [InlineData("13")]
    public void Reads_AStatement(string version)
    {
        var statement = Assert.Single(Read(File(Entry1 + Entry2, version)));
        Assert.Equal(("S-1", "DE02120300000000202051", "EUR"), (statement.Id, statement.Account, statement.Currency));
        Assert.Equal((1000m, 1100m, 0m), (statement.Opening, statement.Closing, statement.Difference));
        Assert.Equal(new BankLine(new(2026, 3, 2), new(2026, 3, 3), 105.50m, "BR-1", "INV-17", "Ben Baker", "Thanks for 17"), statement.Lines[0]);
        Assert.Equal(new BankLine(new(2026, 3, 4), new(2026, 3, 4), -5.5m, "", "", "The bank", "Fees"), statement.Lines[1]);
    }

    [Fact]
    public void LeavesOut_WhatIsOnlyPending() => Assert.Single(
        Read(File(Entry1 + Entry2.Replace("<Sts>BOOK</Sts>", "<Sts><Cd>PDNG</Cd></Sts>", StringComparison.Ordinal)))[0].Lines);

    [Fact]
    public void Says_WhenTheLinesDoNotLeadToTheClosingBalance() =>
        Assert.Equal(-105.50m, Read(File(Entry1 + Entry1 + Entry2))[0].Difference);

    /// <summary>The same entry in a file that overlaps is the same line; an equal payment on that day is another.</summary>
    [Fact]
    public void LineKeys_AreStable_AndTellEqualPaymentsApart()
    {
        var one = Read(File(Entry1 + Entry2))[0].LineKeys();
        var again = Read(File(Entry2 + Entry1 + Entry2, closing: "7.00"))[0].LineKeys();
        Assert.Equal([one[1], one[0]], again.Take(2));
        Assert.Equal(3, again.Distinct().Count());
    }

    [Theory]
    [InlineData("", ExchangeFault.Malformed)]
    [InlineData("no xml", ExchangeFault.Malformed)]
    [InlineData("<Document/>", ExchangeFault.Malformed)]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><A><Stmt/></A></Document>", ExchangeFault.Malformed)]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"></Document>", ExchangeFault.Malformed)]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", ExchangeFault.Unsupported)]
    [InlineData("<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a/>", ExchangeFault.Unsupported)]
    public void Refuses_WhatIsNoStatement(string file, ExchangeFault fault) =>
        Assert.Equal(fault, Assert.Throws<ExchangeException>(() => Read(file)).Fault);

    [Theory]
    [InlineData("<Amt Ccy=\"EUR\">105.50</Amt>", "<Amt Ccy=\"USD\">105.50</Amt>", ExchangeFault.Inconsistent)]
    [InlineData("<Amt Ccy=\"EUR\">105.50</Amt>", "", ExchangeFault.Malformed)]
    [InlineData("105.50", "-105.50", ExchangeFault.Malformed)]
    [InlineData("105.50", "1e9", ExchangeFault.Malformed)]
    [InlineData("105.50", "99999999999999999999999999999999", ExchangeFault.Malformed)]
    [InlineData("CRDT</CdtDbtInd><Sts><Cd>", "BOTH</CdtDbtInd><Sts><Cd>", ExchangeFault.Malformed)]
    [InlineData("<Dt>2026-03-02</Dt>", "<Dt>2026-02-30</Dt>", ExchangeFault.Malformed)]
    [InlineData("</Ntry>", "", ExchangeFault.Malformed)]
    public void Refuses_AnEntryThatIsNotClear(string part, string instead, ExchangeFault fault) => Assert.Equal(
        fault, Assert.Throws<ExchangeException>(() => Read(File(Entry1.Replace(part, instead, StringComparison.Ordinal)))).Fault);

    /// <summary>Putting each piece behind all before it would copy hundreds of gigabytes here.</summary>
    [Fact]
    public void Reads_ATextInVeryManyPieces()
    {
        var pieces = string.Concat(Enumerable.Repeat("<![CDATA[a]]>", 500_000));
        var line = Assert.Single(Read(File(Entry1.Replace("INV-17", pieces, StringComparison.Ordinal), closing: "1105.50"))[0].Lines);
        Assert.StartsWith("aaa", line.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_EndlessDepth() => Assert.Equal(
        ExchangeFault.TooLarge,
        Assert.Throws<ExchangeException>(() => Read(File($"<Ntry>{string.Concat(Enumerable.Repeat("<a>", 5000))}"))).Fault);

    [Fact]
    public void Refuses_TooManyLines() => Assert.Equal(
        ExchangeFault.TooLarge,
        Assert.Throws<ExchangeException>(() => Read(File(string.Concat(Enumerable.Repeat(Entry2, Camt053.MaxLines + 1))))).Fault);

    /// <summary>A file cut anywhere is refused, never half read.</summary>
    [Fact]
    public void Refuses_AFileThatIsCut()
    {
        var file = File(Entry1 + Entry2).TrimEnd();
        for (var length = 0; length < file.Length; length += 7)
        {
            Assert.Throws<ExchangeException>(() => Read(file[..length]));
        }
    }

    private static IReadOnlyList<BankStatement> Read(string file) => Camt053.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)));
}
