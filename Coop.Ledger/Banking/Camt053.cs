using System.Globalization;
using System.Xml;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Banking;

/// <summary>
/// Reads ISO 20022 bank-to-customer statements, camt.053.001 in any version (namespace
/// <c>urn:iso:std:iso:20022:tech:xsd:camt.053.001.NN</c>): statements, opening and closing balance (OPBD or PRCD,
/// CLBD), booked entries. An entry that the bank takes apart (several TxDtls) stays one line, as it moved the account
/// once.
/// </summary>
/// <remarks>
/// No document type is read and so no entity, external or expanding; depth, size and number of lines are bounded.
/// </remarks>
public static class Camt053
{
    public const int MaxChars = 64 * 1024 * 1024;
    public const int MaxLines = 100_000;
    public const int MaxStatements = 1_000;
    private const int MaxDepth = 40;
    private const string NamespaceStart = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

    /// <exception cref="ExchangeException">It is not such a file, or larger than is read.</exception>
    public static IReadOnlyList<BankStatement> Read(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxChars,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        using var xml = XmlReader.Create(file, settings);
        try
        {
            return Document(xml);
        }
        catch (XmlException e)
        {
            var fault = e.Message.Contains("DTD", StringComparison.Ordinal) ? ExchangeFault.Unsupported
                : e.Message.Contains("MaxCharactersInDocument", StringComparison.Ordinal) ? ExchangeFault.TooLarge
                : ExchangeFault.Malformed;
            throw new ExchangeException(fault, e.LineNumber, "This is no XML that is read here.", e);
        }
    }

    private static List<BankStatement> Document(XmlReader xml)
    {
        xml.MoveToContent();
        if (xml.LocalName != "Document" || !xml.NamespaceURI.StartsWith(NamespaceStart, StringComparison.Ordinal))
        {
            throw Malformed(xml, "This is no camt.053 document.");
        }

        var (statements, lines) = (new List<BankStatement>(), 0);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.Depth == 2 && xml.LocalName == "Stmt")
            {
                var statement = Statement(xml, MaxLines - lines);
                lines += statement.Lines.Count;
                statements.Add(statement);
                if (statements.Count > MaxStatements)
                {
                    throw new ExchangeException(ExchangeFault.TooLarge, Line(xml), $"More than {MaxStatements} statements.");
                }
            }
            else if (xml.Depth > MaxDepth)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, Line(xml), "The elements are nested too deeply.");
            }
        }

        return statements.Count > 0 ? statements : throw Malformed(xml, "There is no statement in it.");
    }

    private static BankStatement Statement(XmlReader xml, int maxLines)
    {
        var (id, account, currency) = ("", "", "");
        decimal? opening = null, closing = null;
        var lines = new List<BankLine>();
        foreach (var child in Children(xml))
        {
            switch (child.Name)
            {
                case "Id":
                    id = child.Value;
                    break;
                case "Acct":
                    account = child.Text("Id", "IBAN") ?? child.Text("Id", "Othr", "Id") ?? "";
                    currency = child.Text("Ccy") ?? "";
                    break;
                case "Bal":
                    var code = child.Text("Tp", "CdOrPrtry", "Cd");
                    opening = code is "OPBD" or "PRCD" && (opening is null || code == "OPBD") ? Signed(child, ref currency) : opening;
                    closing = code is "CLBD" ? Signed(child, ref currency) : closing;
                    break;
                case "Ntry" when IsBooked(child):
                    lines.Add(Entry(child, ref currency));
                    break;
                default:
                    break;
            }

            if (lines.Count > maxLines)
            {
                throw new ExchangeException(ExchangeFault.TooLarge, child.Line, $"More than {MaxLines} lines.");
            }
        }

        return new BankStatement(
            BankLine.Cut(id, BankLine.MaxShort), BankLine.Cut(account, BankLine.MaxShort), currency, opening, closing, lines);
    }

    /// <summary>The status is a text in older versions and holds a code in newer ones; what is only pending did not happen.</summary>
    private static bool IsBooked(XmlPart entry) => (entry.Text("Sts", "Cd") ?? entry.Text("Sts") ?? "BOOK") == "BOOK";

    private static BankLine Entry(XmlPart entry, ref string currency)
    {
        var details = entry.Find("NtryDtls", "TxDtls");
        var amount = Signed(entry, ref currency);
        var booked = Day(entry, "BookgDt") ?? Day(entry, "ValDt") ?? throw Malformed(entry, "The entry has no date.");
        // Money that came in came from the debtor.
        var other = amount < 0 ? "Cdtr" : "Dbtr";
        var reference = details?.Text("RmtInf", "Strd", "CdtrRefInf", "Ref") ?? details?.Text("Refs", "EndToEndId");
        var words = entry.All("NtryDtls", "TxDtls", "RmtInf", "Ustrd").Select(u => u.Value)
            .Append(entry.Text("AddtlNtryInf") ?? "").Where(t => t.Length > 0);
        return new BankLine(
            booked, Day(entry, "ValDt") ?? booked, amount,
            BankLine.Cut(entry.Text("AcctSvcrRef") ?? details?.Text("Refs", "AcctSvcrRef"), BankLine.MaxShort),
            BankLine.Cut(reference == "NOTPROVIDED" ? "" : reference, BankLine.MaxShort),
            BankLine.Cut(details?.Text("RltdPties", other, "Nm") ?? details?.Text("RltdPties", other, "Pty", "Nm"), BankLine.MaxShort),
            BankLine.Cut(string.Join(' ', words), BankLine.MaxText));
    }

    private static decimal Signed(XmlPart part, ref string currency)
    {
        var amount = part.Find("Amt") ?? throw Malformed(part, "There is no amount.");
        var of = amount.Currency ?? currency;
        if (currency.Length > 0 && of != currency)
        {
            throw new ExchangeException(ExchangeFault.Inconsistent, amount.Line, $"An amount is in {of}, the account in {currency}.");
        }

        currency = of;
        if (!decimal.TryParse(amount.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw Malformed(amount, "The amount is no number.");
        }

        return part.Text("CdtDbtInd") switch
        {
            "CRDT" => value,
            "DBIT" => -value,
            _ => throw Malformed(part, "The amount is neither credit nor debit."),
        };
    }

    private static DateOnly? Day(XmlPart part, string name)
    {
        var text = part.Text(name, "Dt") ?? part.Text(name, "DtTm");
        return text is null ? null
            : DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw Malformed(part, "A date cannot be read.");
    }

    private static IEnumerable<XmlPart> Children(XmlReader xml)
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
        {
            yield break;
        }

        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                yield return XmlPart.Read(xml, MaxDepth);
            }
            else
            {
                xml.Read();
            }
        }
    }

    private static int Line(XmlReader xml) => (xml as IXmlLineInfo)?.LineNumber ?? 0;

    private static ExchangeException Malformed(XmlReader xml, string message) => new(ExchangeFault.Malformed, Line(xml), message);

    private static ExchangeException Malformed(XmlPart part, string message) => new(ExchangeFault.Malformed, part.Line, message);
}
