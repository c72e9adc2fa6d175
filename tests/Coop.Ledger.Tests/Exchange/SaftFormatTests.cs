using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Coop.Ledger.Accounts;
using Coop.Ledger.Exchange;
using Coop.Ledger.Units;

namespace Coop.Ledger.Tests.Exchange;

/// <summary>
/// SAF-T files against the structure of version 2.00: a schema of our own of those parts that we write, with the
/// order, lengths and choices that the OECD's documentation and the national schemas in its namespace give.
/// </summary>
public sealed class SaftFormatTests
{
    private const string Schema = """
        <xs:schema xmlns="urn:OECD:StandardAuditFile-Taxation/2.00" xmlns:xs="http://www.w3.org/2001/XMLSchema"
            targetNamespace="urn:OECD:StandardAuditFile-Taxation/2.00" elementFormDefault="qualified">
          <xs:simpleType name="Money"><xs:restriction base="xs:decimal"><xs:totalDigits value="18"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="T9"><xs:restriction base="xs:string"><xs:maxLength value="9"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="T18"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="18"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="T35"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="35"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="T70"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="70"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="T256"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="256"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="C2"><xs:restriction base="xs:string"><xs:length value="2"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="C3"><xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType>
          <xs:simpleType name="Year"><xs:restriction base="xs:nonNegativeInteger"><xs:minInclusive value="1970"/><xs:maxInclusive value="2100"/></xs:restriction></xs:simpleType>
          <xs:complexType name="Amount"><xs:sequence><xs:element name="Amount" type="Money"/></xs:sequence></xs:complexType>
          <xs:element name="AuditFile"><xs:complexType><xs:sequence>
            <xs:element name="Header"><xs:complexType><xs:sequence>
              <xs:element name="AuditFileVersion" type="T18"/><xs:element name="AuditFileCountry" type="C2"/>
              <xs:element name="AuditFileDateCreated" type="xs:date"/><xs:element name="SoftwareCompanyName" type="T70"/>
              <xs:element name="SoftwareID" type="T70"/><xs:element name="SoftwareVersion" type="T18"/>
              <xs:element name="Company"><xs:complexType><xs:sequence>
                <xs:element name="RegistrationNumber" type="T35"/><xs:element name="Name" type="T70"/>
                <xs:element name="Address"><xs:complexType><xs:sequence><xs:element name="City" type="T35"/>
                  <xs:element name="PostalCode" type="T18"/><xs:element name="Country" type="C2"/></xs:sequence></xs:complexType></xs:element>
                <xs:element name="Contact"><xs:complexType><xs:sequence><xs:element name="ContactPerson"><xs:complexType><xs:sequence>
                  <xs:element name="FirstName" type="T35"/><xs:element name="LastName" type="T70"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
              <xs:element name="DefaultCurrencyCode" type="C3"/>
              <xs:element name="SelectionCriteria"><xs:complexType><xs:sequence><xs:element name="SelectionStartDate" type="xs:date"/><xs:element name="SelectionEndDate" type="xs:date"/></xs:sequence></xs:complexType></xs:element>
              <xs:element name="TaxAccountingBasis" type="T18"/>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="MasterFiles" minOccurs="0"><xs:complexType><xs:sequence>
              <xs:element name="GeneralLedgerAccounts"><xs:complexType><xs:sequence><xs:element name="Account" maxOccurs="unbounded"><xs:complexType><xs:sequence>
                <xs:element name="AccountID" type="T70"/><xs:element name="AccountDescription" type="T256"/><xs:element name="StandardAccountID" type="T35"/><xs:element name="AccountType" type="T18"/>
                <xs:choice><xs:element name="OpeningDebitBalance" type="Money"/><xs:element name="OpeningCreditBalance" type="Money"/></xs:choice>
                <xs:choice><xs:element name="ClosingDebitBalance" type="Money"/><xs:element name="ClosingCreditBalance" type="Money"/></xs:choice>
              </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="GeneralLedgerEntries"><xs:complexType><xs:sequence>
              <xs:element name="NumberOfEntries" type="xs:nonNegativeInteger"/><xs:element name="TotalDebit" type="Money"/><xs:element name="TotalCredit" type="Money"/>
              <xs:element name="Journal"><xs:complexType><xs:sequence>
                <xs:element name="JournalID" type="T18"/><xs:element name="Description" type="T256"/><xs:element name="Type" type="T9"/>
                <xs:element name="Transaction" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
                  <xs:element name="TransactionID" type="T70"/><xs:element name="Period" type="xs:nonNegativeInteger"/><xs:element name="PeriodYear" type="Year"/>
                  <xs:element name="TransactionDate" type="xs:date"/><xs:element name="Description" type="T256"/>
                  <xs:element name="SystemEntryDate" type="xs:date"/><xs:element name="GLPostingDate" type="xs:date"/>
                  <xs:element name="Line" maxOccurs="unbounded"><xs:complexType><xs:sequence>
                    <xs:element name="RecordID" type="T18"/><xs:element name="AccountID" type="T70"/><xs:element name="Description" type="T256"/>
                    <xs:choice><xs:element name="DebitAmount" type="Amount"/><xs:element name="CreditAmount" type="Amount"/></xs:choice>
                  </xs:sequence></xs:complexType></xs:element>
                </xs:sequence></xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private static readonly XNamespace Saft = "urn:OECD:StandardAuditFile-Taxation/2.00";

    [Fact]
    public async Task AFile_HasTheStructureOfTheSchema_AndItsTotalsAddUp()
    {
        var file = await WriteAsync(new RandomBooks(4, 200));
        Assert.Empty(Faults(file));
        var entries = file.Root!.Element(Saft + "GeneralLedgerEntries")!;
        Assert.Equal((int)entries.Element(Saft + "NumberOfEntries")!, entries.Descendants(Saft + "Transaction").Count());
        Assert.Equal((decimal)entries.Element(Saft + "TotalDebit")!, Sum(entries, "DebitAmount"));
        Assert.Equal((decimal)entries.Element(Saft + "TotalCredit")!, Sum(entries, "CreditAmount"));
        Assert.NotEqual(0, Sum(entries, "DebitAmount"));
    }

    [Fact]
    public async Task AnAccountsClosingBalance_IsItsOpeningBalanceAndItsLines()
    {
        var file = await WriteAsync(new RandomBooks(5, 200));
        var lines = file.Descendants(Saft + "Line").ToLookup(l => (string)l.Element(Saft + "AccountID")!);
        foreach (var account in file.Descendants(Saft + "Account"))
        {
            var moved = lines[(string)account.Element(Saft + "AccountID")!].Sum(l => Side(l, "DebitAmount") - Side(l, "CreditAmount"));
            Assert.Equal(Balance(account, "Closing"), Balance(account, "Opening") + moved);
        }
    }

    [Fact]
    public async Task TheSchema_FindsAFault()
    {
        var file = await WriteAsync(new RandomBooks(6, 5));
        file.Descendants(Saft + "PeriodYear").First().Value = "1969";
        Assert.NotEmpty(Faults(file));
    }

    private static async Task<XDocument> WriteAsync(RandomBooks books)
    {
        var euro = books.Accounts[0].Unit;
        var accounts = books.Accounts.Where(a => a.Unit == euro).ToList();
        var ids = accounts.Select(a => a.Id).ToHashSet();
        var entries = books.Entries
            .Select(e => e with { Lines = [.. e.Lines.Where(l => ids.Contains(l.Account))] })
            .Where(e => e.Lines.Count > 0).ToList();
        var opening = accounts.ToDictionary(a => a.Id, a => a.Id == accounts[0].Id ? 700L : 0);
        var balances = accounts.ToDictionary(a => a.Id, a => opening[a.Id] + entries.SelectMany(e => e.Lines).Where(l => l.Account == a.Id).Sum(l => l.AmountMinor));
        var turnover = entries.SelectMany(e => e.Lines).Where(l => l.AmountMinor > 0).Aggregate((Int128)0, (s, l) => s + l.AmountMinor);
        using var format = new SaftFormat(
            new SaftCompany(new string('C', 99), "HRB 1", "DE", "Kassel", "34117", "Ada Ünal", "1.2.3-verylongversiontext", new DateOnly(2026, 11, 23)),
            new SaftPeriod(euro, new DateOnly(2020, 1, 1), new DateOnly(2029, 12, 31), opening, entries.Count, turnover));
        using var file = new MemoryStream();
        await BookExport.WriteAsync(
            new BookExtract([euro], accounts, entries.ToAsyncEnumerable(), balances), format, file, null, TestContext.Current.CancellationToken);
        file.Position = 0;
        return XDocument.Load(file);
    }

    private static List<string> Faults(XDocument file)
    {
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(new StringReader(Schema));
        schemas.Add(null, reader);
        var faults = new List<string>();
        file.Validate(schemas, (_, e) => faults.Add(e.Message));
        return faults;
    }

    private static decimal Sum(XElement entries, string side) => entries.Descendants(Saft + "Line").Sum(l => Side(l, side));

    private static decimal Side(XElement line, string side) => (decimal?)line.Element(Saft + side)?.Element(Saft + "Amount") ?? 0;

    private static decimal Balance(XElement account, string which) =>
        ((decimal?)account.Element(Saft + $"{which}DebitBalance") ?? 0) - ((decimal?)account.Element(Saft + $"{which}CreditBalance") ?? 0);
}
