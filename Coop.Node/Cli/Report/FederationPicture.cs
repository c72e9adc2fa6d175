using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli.Report;

/// <summary>
/// The federation as a picture: a disc for each node, ringed by what its log is made of, and an arrow from each
/// node to each other whose log it keeps and watches.
/// </summary>
internal sealed class FederationPicture(ReportFacts facts)
{
    private const double Width = 960;
    private const double Disc = 56;
    private const double Ring = 9;
    private const double Margin = Disc + Ring + 34;
    private const int MostLabelled = 5;

    private const int MostLetters = 11;

    private static readonly string[] States = ["good", "bad", "unsure"];

    private readonly NodeReport[] _nodes = [.. facts.Report.Nodes];

    private double Height => _nodes.Length switch { 1 => 220, 2 => 260, 3 => 430, 4 => 500, _ => 640 };

    public Html Draw() => Html.Of($"""
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="The federation: {_nodes.Length} nodes, and what each has of the others">
        <defs>{Html.Join(States.Select(Arrow))}</defs>
        {Html.Join(facts.Report.Pairs.Select(Edge))}{Html.Join(facts.Report.Pairs.Select(Label))}{Html.Join(_nodes.Select(Node))}
        </svg>
        """);

    private static Html Arrow(string state) => Html.Of($"""<marker id="to-{state}" viewBox="0 0 10 10" refX="8.5" refY="5" markerWidth="6.5" markerHeight="6.5" orient="auto"><path d="M0 0.5 L10 5 L0 9.5 z" fill="{ReportFacts.Colour(state)}"/></marker>""");

    private (double X, double Y) Place(int index)
    {
        if (_nodes.Length == 1)
        {
            return (Width / 2, (Height / 2) - 14);
        }

        if (_nodes.Length == 2)
        {
            return (Width * (index == 0 ? 0.24 : 0.76), (Height / 2) - 14);
        }

        // The circle is stretched to the height that there is: its lowest disc is not always at the bottom.
        var (angle, lowest) = (2 * Math.PI * index / _nodes.Length, 2 * Math.PI * (_nodes.Length / 2) / _nodes.Length);
        var share = (1 - Math.Cos(angle)) / (1 - Math.Cos(lowest));
        return ((Width / 2) + (Width * 0.36 * Math.Sin(angle)), Margin + (share * (Height - (2 * Margin))));
    }

    private Html Node(NodeReport node, int index)
    {
        var ((x, y), state) = (Place(index), facts.StateOf(node));
        var colour = ReportFacts.Colour(state);
        var size = node.Audit is null ? "not checked" : $"{FederationVerdict.Count(ReportFacts.SizeOf(node), "entry")}";
        return Html.Of($"""
            <g><title>{node.Name}, {node.Address}</title>
            <circle cx="{x}" cy="{y}" r="{Disc + Ring + 3}" fill="#fff"/>
            <circle cx="{x}" cy="{y}" r="{Disc - 3}" fill="{(state == "good" ? "#f3faf6" : state == "bad" ? "#fdf2f1" : "#fdf8ec")}" stroke="{colour}" stroke-width="2"/>
            {Composition(node, x, y)}
            {Name(node, x, y)}
            <text x="{x}" y="{y + 22}" text-anchor="middle" font-size="11.5" fill="#59636e">{size}</text>
            <circle cx="{x + 44}" cy="{y - 46}" r="14" fill="{colour}" stroke="#fff" stroke-width="2.5"/>
            <text x="{x + 44}" y="{y - 40.5}" text-anchor="middle" font-size="15" font-weight="700" fill="#fff">{ReportFacts.Sign(state)}</text>
            <text x="{x}" y="{(y < Height * 0.45 && _nodes.Length > 2 ? y - Disc - Ring - 10 : y + Disc + Ring + 20)}" text-anchor="middle" font-size="12" fill="#59636e">{CosignedText(node)}</text></g>
            """);
    }

    // On two lines where it is long.
    private static Html Name(NodeReport node, double x, double y)
    {
        var space = node.Name.Length <= MostLetters ? -1 : node.Name.IndexOf(' ', StringComparison.Ordinal);
        string[] lines = space < 0 ? [node.Name] : [node.Name[..space], node.Name[(space + 1)..]];
        return Html.Join(lines.Select((line, i) => Html.Of($"""<text x="{x}" y="{y + 2 + ((i - ((lines.Length - 1) * 0.7)) * 16)}" text-anchor="middle" font-size="14" font-weight="600" fill="#1f2328">{ReportFacts.Short(line, MostLetters)}</text>""")));
    }

    private static string CosignedText(NodeReport node) => node.Cosigned is not { Witnesses: > 0 } cosigned ? ""
        : $"cosigned by {cosigned.Newest} of {cosigned.Witnesses}, {(cosigned.Least == 0 ? "none" : cosigned.Least.ToString(System.Globalization.CultureInfo.InvariantCulture))} needed";

    // The ring: shares of the families in the log.
    private static Html Composition(NodeReport node, double x, double y)
    {
        var counts = ReportFacts.Families.Select(f => (f.Colour, Count: node.Chronicle.Timeline.Count(f.Family))).Where(f => f.Count > 0).ToArray();
        var total = (double)counts.Sum(c => c.Count);
        var (radius, from, arcs) = (Disc + (Ring / 2), -Math.PI / 2, new List<Html>());
        foreach (var (colour, count) in counts)
        {
            var to = from + Math.Max(0.02, 2 * Math.PI * count / total * 0.9999);
            arcs.Add(Html.Of($"""<path d="M{x + (radius * Math.Cos(from))} {y + (radius * Math.Sin(from))} A{radius} {radius} 0 {(to - from > Math.PI ? 1 : 0)} 1 {x + (radius * Math.Cos(to))} {y + (radius * Math.Sin(to))}" fill="none" stroke="{colour}" stroke-width="{Ring}"/>"""));
            from = to;
        }

        return Html.Join(arcs);
    }

    private Html Edge(PairReport pair)
    {
        var state = facts.StateOf(pair);
        var curve = CurveOf(pair);
        var dash = state == "unsure" ? " stroke-dasharray=\"7 6\"" : "";
        return Html.Of($"""<path d="M{curve.From.X} {curve.From.Y} Q{curve.Bend.X} {curve.Bend.Y} {curve.To.X} {curve.To.Y}" fill="none" stroke="{ReportFacts.Colour(state)}" stroke-width="2.6"{new Html(dash)} marker-end="url(#to-{state})"><title>{facts.NameOf(pair.Node)} → {facts.NameOf(pair.Peer)}: {FederationText.PairText(pair)}</title></path>""");
    }

    private Html Label(PairReport pair)
    {
        if (_nodes.Length > MostLabelled)
        {
            return Html.Empty;
        }

        var curve = CurveOf(pair);
        var (x, y) = ((curve.From.X + (2 * curve.Bend.X) + curve.To.X) / 4, (curve.From.Y + (2 * curve.Bend.Y) + curve.To.Y) / 4);
        var colour = ReportFacts.Colour(facts.StateOf(pair));
        return Html.Join(Lines(pair).Select((line, i) => Html.Of($"""<text x="{x}" y="{y + (i * 15) - 2}" text-anchor="middle" font-size="12" fill="{colour}" stroke="#fff" stroke-width="5" paint-order="stroke" stroke-linejoin="round">{line}</text>""")));
    }

    private static IEnumerable<string> Lines(PairReport pair)
    {
        yield return pair.Mirror is { } mirror
            ? $"{(mirror.Agrees ? "✔" : "✘")} copy of {ReportFacts.Number(mirror.Size)}"
            : pair.Listing?.State ?? "not a peer";
        if (pair.Seen.Count > 0)
        {
            yield return $"{(pair.Seen.Agreeing == pair.Seen.Count ? "✔" : "✘")} {ReportFacts.Number(pair.Seen.Count)} seen";
        }

        if (pair.Claims.Sent > 0)
        {
            yield return FederationVerdict.Count(pair.Claims.Sent, "claim");
        }
    }

    // From the edge of one disc to that of the other, bent to its own side, so that both directions can be seen.
    private ((double X, double Y) From, (double X, double Y) Bend, (double X, double Y) To) CurveOf(PairReport pair)
    {
        var (from, to) = (Place(IndexOf(pair.Node)), Place(IndexOf(pair.Peer)));
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        var (ux, uy) = (dx / length, dy / length);
        var (gap, side, bend) = (Disc + Ring + 5, 15.0, Math.Min(62, length * 0.16));
        return (
            (from.X + (ux * gap) - (uy * side), from.Y + (uy * gap) + (ux * side)),
            (((from.X + to.X) / 2) - (uy * bend), ((from.Y + to.Y) / 2) + (ux * bend)),
            (to.X - (ux * gap) - (uy * side), to.Y - (uy * gap) + (ux * side)));
    }

    private int IndexOf(string origin) => Array.FindIndex(_nodes, n => n.Origin == origin);
}
