using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli.Report;

/// <summary>
/// Each log over time, one lane below the other on one axis, and lines from the entries by which a node says
/// what it saw of another log to the place in that log.
/// </summary>
internal sealed class TimelinePicture
{
    private const double Width = 960;
    private const double Left = 132;
    private const double Right = 12;
    private const double Lane = 74;
    private const double Gap = 46;
    private const double Top = 10;
    private const double AxisHeight = 30;
    private const int Ticks = 5;

    private readonly ReportFacts _facts;
    private readonly NodeReport[] _nodes;
    private readonly DateTimeOffset _start;
    private readonly TimeSpan _length;

    public TimelinePicture(ReportFacts facts)
    {
        _facts = facts;
        _nodes = [.. facts.Report.Nodes.Where(n => n.Chronicle.Timeline.Start is not null)];
        _start = _nodes.Length == 0 ? default : _nodes.Min(n => n.Chronicle.Timeline.Start!.Value);
        var end = _nodes.Length == 0 ? default : _nodes.Max(n => n.Chronicle.Timeline.End!.Value);
        _length = end - _start > TimeSpan.FromSeconds(1) ? end - _start : TimeSpan.FromSeconds(1);
    }

    /// <summary>The day on which the pictured time begins.</summary>
    public string FirstDay => ReportFacts.Time(_start)[..10];

    public bool IsEmpty => _nodes.Length == 0;

    private double Height => Top + (_nodes.Length * (Lane + Gap)) - Gap + AxisHeight;

    public Html Draw() => Html.Of($"""
        <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="The logs over time, and what they saw of each other">
        {Axis()}{Html.Join(_nodes.Select(DrawLane))}{Html.Join(_facts.Report.Pairs.Select(DrawLinks))}
        </svg>
        """);

    private double X(DateTimeOffset time) =>
        Left + (Math.Clamp((time - _start) / _length, 0, 1) * (Width - Left - Right));

    private static double BaseOf(int lane) => Top + (lane * (Lane + Gap)) + Lane;

    private Html Axis() => Html.Join(Enumerable.Range(0, Ticks + 1).Select(i =>
    {
        var time = _start + (_length * i / Ticks);
        var anchor = i == 0 ? "start" : i == Ticks ? "end" : "middle";
        return Html.Of($"""<line x1="{X(time)}" x2="{X(time)}" y1="{Top}" y2="{Height - AxisHeight + 4}" stroke="#eaeef2"/><text x="{X(time)}" y="{Height - 8}" font-size="11.5" fill="#59636e" text-anchor="{anchor}">{TickText(time)}</text>""");
    }));

    private string TickText(DateTimeOffset time) => _length < TimeSpan.FromDays(2)
        ? time.ToUniversalTime().ToString(_length < TimeSpan.FromHours(1) ? "HH:mm:ss" : "HH:mm", System.Globalization.CultureInfo.InvariantCulture)
        : ReportFacts.Time(time)[..10];

    private Html DrawLane(NodeReport node, int lane)
    {
        var (timeline, bottom) = (node.Chronicle.Timeline, BaseOf(lane));
        var most = Enumerable.Range(0, Timeline.Spans).Max(timeline.CountIn);
        var colour = ReportFacts.Colour(_facts.StateOf(node));
        var bars = Enumerable.Range(0, Timeline.Spans).Where(s => timeline.CountIn(s) > 0).Select(s => Bar(timeline, s, most, bottom));
        return Html.Of($"""
            <rect x="{Left}" y="{bottom - Lane}" width="{Width - Left - Right}" height="{Lane}" fill="#f6f8fa" fill-opacity="0.6"/>
            <text x="0" y="{bottom - 34}" font-size="14" font-weight="600" fill="#1f2328">{ReportFacts.Short(node.Name, 16)}</text>
            <text x="0" y="{bottom - 16}" font-size="12" fill="#59636e">{FederationVerdict.Count(ReportFacts.SizeOf(node), "entry")}</text>
            {Html.Join(bars)}
            <line x1="{Left}" x2="{Width - Right}" y1="{bottom}" y2="{bottom}" stroke="{colour}" stroke-width="2"/>{DrawFault(node, bottom)}
            """);
    }

    // Heights by the square root, so that a busy hour does not flatten all others.
    private Html Bar(Timeline timeline, int span, long most, double bottom)
    {
        var from = timeline.Start!.Value + (timeline.Span * span);
        var (x, width) = (X(from), Math.Max(2.2, X(from + timeline.Span) - X(from) - 0.6));
        var (total, y) = (timeline.CountIn(span), bottom);
        var height = (Lane - 6) * Math.Sqrt((double)total / most);
        var parts = new List<Html>();
        foreach (var (family, _, colour) in ReportFacts.Families)
        {
            var part = height * timeline.Count(family, span) / total;
            y -= part;
            parts.Add(part == 0 ? Html.Empty : Html.Of($"""<rect x="{x}" y="{y}" width="{width}" height="{part}" fill="{colour}"/>"""));
        }

        return Html.Join(parts);
    }

    // Where a fault's entry can be placed, it is marked.
    private Html DrawFault(NodeReport node, double bottom)
    {
        var entries = _facts.Report.Findings.Where(f => f.IsFault && f.EntryOf == node.Origin).Select(f => f.Entry)
            .Append(node.Audit?.Report.Finding?.Entry).Where(e => e is not null).Distinct();
        return Html.Join(entries.Select(e => node.Chronicle.Timeline.TimeOfSize(e!.Value + 1) is { } time
            ? Html.Of($"""<g><title>Entry {e}</title><line x1="{X(time)}" x2="{X(time)}" y1="{bottom - Lane}" y2="{bottom}" stroke="{ReportStyle.Bad}" stroke-width="1.6"/><circle cx="{X(time)}" cy="{bottom - Lane + 7}" r="7.5" fill="{ReportStyle.Bad}"/><text x="{X(time)}" y="{bottom - Lane + 11}" font-size="10.5" font-weight="700" text-anchor="middle" fill="#fff">✘</text></g>""")
            : Html.Empty));
    }

    private Html DrawLinks(PairReport pair)
    {
        var (from, to) = (IndexOf(pair.Node), IndexOf(pair.Peer));
        return from < 0 || to < 0 ? Html.Empty : Html.Join(pair.Seen.Links.Select(l => DrawLink(l, from, to)));
    }

    private Html DrawLink(SeenLink link, int from, int to)
    {
        // Lines leave and meet the lanes at the sides that face each other.
        var (x1, x2) = (X(link.Time), X(_nodes[to].Chronicle.Timeline.TimeOfSize(link.Size) ?? link.Time));
        var (y1, y2) = from < to ? (BaseOf(from) + 2, BaseOf(to) - Lane) : (BaseOf(from) - Lane, BaseOf(to) + 2);
        var colour = link.Agrees ? "#8861ba" : ReportStyle.Bad;
        var width = link.Agrees ? 1.1 : 2.2;
        return Html.Of($"""<g><title>Entry {link.Entry} of {_nodes[from].Name}: {_nodes[to].Name} had {link.Size} entries</title><path d="M{x1} {y1} C{x1} {(y1 + y2) / 2} {x2} {(y1 + y2) / 2} {x2} {y2}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity="0.75"/><circle cx="{x1}" cy="{y1}" r="2.6" fill="{colour}"/></g>""");
    }

    private int IndexOf(string origin) => Array.FindIndex(_nodes, n => n.Origin == origin);
}
