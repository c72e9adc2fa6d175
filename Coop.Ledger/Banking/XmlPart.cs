using System.Text;
using System.Xml;
using Coop.Ledger.Exchange;

namespace Coop.Ledger.Banking;

/// <summary>A small part of a file, an entry or a balance, as a tree. Bounded in depth and number of elements.</summary>
internal sealed class XmlPart
{
    private const int MaxElements = 20_000;

    private readonly List<XmlPart> _children = [];

    private XmlPart(XmlReader xml)
    {
        Name = xml.LocalName;
        Currency = xml.GetAttribute("Ccy");
        Line = (xml as IXmlLineInfo)?.LineNumber ?? 0;
    }

    public string Name { get; }

    /// <summary>The currency of an amount.</summary>
    public string? Currency { get; }

    public int Line { get; }

    /// <summary>Its own text.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Reads the element that the reader stands on, and leaves the reader behind it.</summary>
    public static XmlPart Read(XmlReader xml, int maxDepth)
    {
        var left = MaxElements;
        return Read(xml, maxDepth, ref left);
    }

    /// <summary>The first element on a path.</summary>
    public XmlPart? Find(params ReadOnlySpan<string> path)
    {
        var part = this;
        foreach (var name in path)
        {
            part = part._children.Find(c => c.Name == name);
            if (part is null)
            {
                return null;
            }
        }

        return part;
    }

    /// <summary>Every element on a path.</summary>
    public IEnumerable<XmlPart> All(params string[] path) =>
        path.Aggregate((IEnumerable<XmlPart>)[this], (parts, name) => parts.SelectMany(p => p._children.Where(c => c.Name == name)));

    /// <summary>The text of the first element on a path; null where there is none, or it is empty.</summary>
    public string? Text(params ReadOnlySpan<string> path) => Find(path) is { Value.Length: > 0 } part ? part.Value : null;

    private static XmlPart Read(XmlReader xml, int maxDepth, ref int left)
    {
        var part = new XmlPart(xml);
        if (--left < 0 || xml.Depth > maxDepth)
        {
            throw new ExchangeException(ExchangeFault.TooLarge, part.Line, "A part has too many elements, or they are nested too deeply.");
        }

        var (isEmpty, text) = (xml.IsEmptyElement, new StringBuilder());
        xml.Read();
        while (!isEmpty && xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                part._children.Add(Read(xml, maxDepth, ref left));
                continue;
            }

            // A file may cut a text into a million pieces.
            text.Append(xml.HasValue ? xml.Value.Trim() : "");
            xml.Read();
        }

        if (!isEmpty)
        {
            xml.Read();
        }

        part.Value = text.ToString();
        return part;
    }
}
