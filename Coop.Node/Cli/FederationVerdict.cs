using System.Globalization;
using Coop.Federation.Audit.Between;

namespace Coop.Node.Cli;

/// <summary>What an audit of several nodes comes to.</summary>
/// <param name="ExitCode">As of <see cref="AuditOutcome"/>.</param>
/// <param name="Name">As programs read it.</param>
/// <param name="Sentence">As people do.</param>
internal sealed record FederationVerdict(int ExitCode, string Name, string Sentence)
{
    public static FederationVerdict Of(FederationReport report)
    {
        if (report.IsFault)
        {
            return new(AuditOutcome.Fault, "fault", FaultSentence(report));
        }

        var silent = report.Nodes.Count(n => n.Audit is null);
        return silent > 0
            ? new(AuditOutcome.Unchecked, "unchecked", $"{Count(silent, "node")} of {report.Nodes.Count} could not be checked; nothing speaks against the others.")
            : new(AuditOutcome.Holds, "holds", report switch
            {
                { Nodes.Count: 1 } => "The log holds.",
                { Pairs.Count: 0 } => "Every log holds. The nodes are not peers of each other, so nothing lies between them.",
                _ => "The federation holds: every log, and everything between them.",
            });
    }

    // A log that signed two histories is the news, however many others tell of it, and whatever follows from it.
    private static string FaultSentence(FederationReport report)
    {
        var logs = report.Nodes.Where(n => n.Audit?.Report.IsClean == false).Select(n => n.Name).ToArray();
        var liars = report.Findings.Where(f => f.Code == CrossCode.TwoHistories).Select(f => f.Node).Distinct().ToArray();
        var others = report.Findings.Count(f => f.IsFault && f.Code != CrossCode.TwoHistories);
        string?[] parts =
        [
            liars.Length == 0 ? null : $"{Names(liars.Select(o => NameOf(report, o)))} signed two histories",
            logs.Length == 0 ? null : $"the {(logs.Length == 1 ? "log" : "logs")} of {Names(logs)} {(logs.Length == 1 ? "does" : "do")} not hold",
            others == 0 ? null : $"{(others == 1 ? "one thing" : $"{others} things")} {(liars.Length > 0 ? "more " : "")}between nodes {(others == 1 ? "does" : "do")} not fit",
        ];
        var sentence = string.Join("; ", parts.Where(p => p is not null)) + ".";
        return liars.Length > 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    private static string NameOf(FederationReport report, string origin) =>
        report.Nodes.FirstOrDefault(n => n.Origin == origin)?.Name ?? origin;

    private static string Names(IEnumerable<string> names) => string.Join(" and ", names);

    /// <summary>E.g. <c>2,000 entries</c>.</summary>
    public static string Count(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : Many(one))}");

    private static string Many(string one) =>
        one.EndsWith('y') ? one[..^1] + "ies" : one.EndsWith('s') ? one + "es" : one + "s";
}
