using System.Globalization;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli.Report;

/// <summary>What the pictures and the pages say alike about an audit: states, names, colours, numbers.</summary>
internal sealed class ReportFacts(FederationReport report)
{
    /// <summary>The families in the order in which they are stacked, with their colours.</summary>
    public static readonly IReadOnlyList<(EventFamily Family, string Name, string Colour)> Families =
    [
        (EventFamily.Members, "members", "#4f79b7"),
        (EventFamily.Governance, "proposals, votes, news", "#2a9d8f"),
        (EventFamily.Ledger, "ledger", "#e0a73a"),
        (EventFamily.Federation, "federation", "#8861ba"),
        (EventFamily.Other, "other", "#9aa3ad"),
    ];

    public FederationReport Report { get; } = report;

    /// <summary><c>good</c>, <c>bad</c> or <c>unsure</c>: also the names of the styles.</summary>
    public string StateOf(NodeReport node) =>
        node.Audit is null ? "unsure"
        : !node.Audit.Report.IsClean || Report.Findings.Any(f => f.IsFault && f.Node == node.Origin) ? "bad"
        : "good";

    /// <summary>What one node has of another.</summary>
    public string StateOf(PairReport pair) =>
        pair.Mirror?.Agrees == false || pair.Seen.Agreeing < pair.Seen.Count
            || Report.Findings.Any(f => IsBetween(f) && f.Node == pair.Node && f.Peer == pair.Peer) ? "bad"
        : pair.Listing?.State == PeerListing.Active ? "good"
        : "unsure";

    // What a log did by itself shows at the log, and where others' copies differ.
    private static bool IsBetween(CrossFinding finding) =>
        finding.IsFault && finding.Code is not (CrossCode.TwoHistories or CrossCode.HistoryWithheld);

    public static string Colour(string state) => state switch
    {
        "good" => ReportStyle.Good,
        "bad" => ReportStyle.Bad,
        _ => ReportStyle.Unsure,
    };

    public static string Sign(string state) => state switch
    {
        "good" => "✔",
        "bad" => "✘",
        _ => "?",
    };

    public string NameOf(string origin) => Report.Nodes.FirstOrDefault(n => n.Origin == origin)?.Name ?? origin;

    public static long SizeOf(NodeReport node) => node.Audit?.Report.Checkpoint?.Size ?? 0;

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A name that fits into a picture.</summary>
    public static string Short(string name, int length) => name.Length <= length ? name : name[..(length - 1)].TrimEnd() + "…";
}
