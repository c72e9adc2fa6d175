using System.Globalization;
using System.Xml;
using Coop.Ledger.Accounts;
using Coop.Ledger.Units;

namespace Coop.Ledger.Exchange;

/// <summary>What the head of a SAF-T file says; what is longer than the schema allows is cut.</summary>
/// <param name="CompanyName">Up to 70 characters.</param>
/// <param name="RegistrationNumber">The co-op's number at its authority, up to 35.</param>
/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="City">Up to 35.</param>
/// <param name="PostalCode">Up to 18.</param>
/// <param name="ContactName">A person whom the authority may ask, up to 70.</param>
/// <param name="SoftwareVersion">Of this program, up to 18.</param>
/// <param name="CreatedOn">The day on which the file is made.</param>
public sealed record SaftCompany(
    string CompanyName, string RegistrationNumber, string Country, string City, string PostalCode,
    string ContactName, string SoftwareVersion, DateOnly CreatedOn);

/// <summary>What a SAF-T file is about: one currency over some days.</summary>
/// <param name="Currency">Three letters, at most two decimals.</param>
/// <param name="First">The first effective date, 1970 or later.</param>
/// <param name="Last">The last, 2100 or earlier.</param>
/// <param name="OpeningMinor">Every account's balance before the first day.</param>
/// <param name="EntryCount">How many entries there are.</param>
/// <param name="TurnoverMinor">The sum of their debits, which is that of their credits.</param>
public sealed record SaftPeriod(
    Unit Currency, DateOnly First, DateOnly Last, IReadOnlyDictionary<AccountId, long> OpeningMinor,
    long EntryCount, Int128 TurnoverMinor)
{
    public static readonly DateOnly Earliest = new(1970, 1, 1);
    public static readonly DateOnly Latest = new(2100, 12, 31);

    /// <summary>Whether SAF-T can say amounts of this unit: money with three letters and at most two decimals.</summary>
    public static bool CanSay(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return unit is { Kind: UnitKind.Money, Scale: <= 2, Code.Value.Length: 3 };
    }
}

/// <summary>
/// The OECD's Standard Audit File for Tax, version 2.0 (namespace
/// <c>urn:OECD:StandardAuditFile-Taxation/2.00</c>): header, general ledger accounts, general ledger entries, in
/// the order and with the lengths of that schema. No customers, suppliers, taxes or source documents: the books
/// have none. All accounts and lines are of one currency; the other units' lines of a journal, which balance
/// among themselves, are left out by whoever makes the extract.
/// </summary>
public sealed class SaftFormat(SaftCompany company, SaftPeriod period) : IBookFormat, IDisposable
{
    private const string Namespace = "urn:OECD:StandardAuditFile-Taxation/2.00";
    private const int ShortText = 18;
    private const int Middle1Text = 35;
    private const int Middle2Text = 70;
    private const int LongText = 256;

    private Dictionary<AccountId, string> _keys = [];
    private XmlWriter _xml = null!;

    public void Dispose() => _xml?.Dispose();

    public void Begin(TextWriter to, BookExtract books)
    {
        ArgumentNullException.ThrowIfNull(books);
        _keys = books.Accounts.ToDictionary(a => a.Id, Key);
        // The encoding that the declaration names is the export's.
        _xml = XmlWriter.Create(to, new XmlWriterSettings { OmitXmlDeclaration = true });
        to.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        _xml.WriteStartElement("AuditFile", Namespace);
        Header();
        MasterFiles(books);
        _xml.WriteStartElement("GeneralLedgerEntries", Namespace);
        Text("NumberOfEntries", period.EntryCount.ToString(CultureInfo.InvariantCulture), Middle1Text);
        Text("TotalDebit", Money(period.TurnoverMinor), Middle1Text);
        Text("TotalCredit", Money(period.TurnoverMinor), Middle1Text);
        _xml.WriteStartElement("Journal", Namespace);
        Text("JournalID", "GL", ShortText);
        Text("Description", "General ledger", LongText);
        Text("Type", "GL", ShortText);
    }

    public void Entry(TextWriter to, BookEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _xml.WriteStartElement("Transaction", Namespace);
        Text("TransactionID", entry.Id.ToString(), Middle2Text);
        Text("Period", entry.EffectiveDate.Month.ToString(CultureInfo.InvariantCulture), ShortText);
        Text("PeriodYear", entry.EffectiveDate.Year.ToString(CultureInfo.InvariantCulture), ShortText);
        Text("TransactionDate", Day(entry.EffectiveDate), ShortText);
        Text("Description", entry.Memo.Length == 0 ? "-" : entry.Memo, LongText);
        Text("SystemEntryDate", Day(DateOnly.FromDateTime(entry.BookedAt.UtcDateTime)), ShortText);
        Text("GLPostingDate", Day(DateOnly.FromDateTime(entry.BookedAt.UtcDateTime)), ShortText);
        for (var i = 0; i < entry.Lines.Count; i++)
        {
            Line(i + 1, entry, entry.Lines[i]);
        }

        _xml.WriteEndElement();
        _xml.Flush();
    }

    public void End(TextWriter to, BookExtract books)
    {
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Flush();
    }

    private void Header()
    {
        _xml.WriteStartElement("Header", Namespace);
        Text("AuditFileVersion", "2.00", ShortText);
        Text("AuditFileCountry", company.Country, 2);
        Text("AuditFileDateCreated", Day(company.CreatedOn), ShortText);
        Text("SoftwareCompanyName", "Coop", Middle2Text);
        Text("SoftwareID", "Coop", Middle2Text);
        Text("SoftwareVersion", company.SoftwareVersion, ShortText);
        Company();
        Text("DefaultCurrencyCode", period.Currency.Code.Value, 3);
        _xml.WriteStartElement("SelectionCriteria", Namespace);
        Text("SelectionStartDate", Day(period.First), ShortText);
        Text("SelectionEndDate", Day(period.Last), ShortText);
        _xml.WriteEndElement();
        Text("TaxAccountingBasis", "A", ShortText);
        _xml.WriteEndElement();
    }

    private void Company()
    {
        _xml.WriteStartElement("Company", Namespace);
        Text("RegistrationNumber", company.RegistrationNumber, Middle1Text);
        Text("Name", company.CompanyName, Middle2Text);
        _xml.WriteStartElement("Address", Namespace);
        Text("City", company.City, Middle1Text);
        Text("PostalCode", company.PostalCode, ShortText);
        Text("Country", company.Country, 2);
        _xml.WriteEndElement();
        _xml.WriteStartElement("Contact", Namespace);
        _xml.WriteStartElement("ContactPerson", Namespace);
        // As the schema's guidance says of a name that is not taken apart.
        Text("FirstName", "NotUsed", Middle1Text);
        Text("LastName", company.ContactName, Middle2Text);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void MasterFiles(BookExtract books)
    {
        if (books.Accounts.Count == 0)
        {
            return;
        }

        _xml.WriteStartElement("MasterFiles", Namespace);
        _xml.WriteStartElement("GeneralLedgerAccounts", Namespace);
        foreach (var account in books.Accounts)
        {
            _xml.WriteStartElement("Account", Namespace);
            Text("AccountID", Key(account), Middle2Text);
            Text("AccountDescription", account.Name, LongText);
            Text("StandardAccountID", Key(account), Middle1Text);
            Text("AccountType", "GL", ShortText);
            Balance("Opening", period.OpeningMinor.GetValueOrDefault(account.Id));
            Balance("Closing", books.BalancesMinor.GetValueOrDefault(account.Id));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Balance(string which, long minor) =>
        Text(minor < 0 ? $"{which}CreditBalance" : $"{which}DebitBalance", Money(Int128.Abs(minor)), Middle1Text);

    private void Line(int number, BookEntry entry, BookLine line)
    {
        _xml.WriteStartElement("Line", Namespace);
        Text("RecordID", number.ToString(CultureInfo.InvariantCulture), ShortText);
        Text("AccountID", _keys[line.Account], Middle2Text);
        Text("Description", entry.Memo.Length == 0 ? "-" : entry.Memo, LongText);
        _xml.WriteStartElement(line.AmountMinor < 0 ? "CreditAmount" : "DebitAmount", Namespace);
        Text("Amount", Money(Int128.Abs(line.AmountMinor)), Middle1Text);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Text(string element, string text, int max) =>
        _xml.WriteElementString(element, Namespace, Cut(text, max));

    /// <summary>The account's code, else its id without dashes: either fits into the 35 characters of a standard id.</summary>
    private static string Key(BookAccount account) => account.Code ?? account.Id.Value.ToString("N");

    private string Money(Int128 minor) => Decimals.Text(minor, period.Currency.Scale);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One line without what XML cannot carry, and not longer than the schema has it.</summary>
    private static string Cut(string text, int max)
    {
        var line = AccountPaths.OneLine(text);
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf16SequenceLength > max || rune.Value is 0xFFFE or 0xFFFF)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return length == 0 ? "-" : line[..length];
    }
}
