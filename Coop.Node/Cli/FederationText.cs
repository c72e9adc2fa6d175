using System.Globalization;
using Coop.Federation.Audit;
using Coop.Federation.Audit.Between;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>An audit of several nodes for people: the verdict, what is found, then each node and each pair.</summary>
internal static class FederationText
{
    public static void Write(IAnsiConsole console, FederationReport report, string? htmlPath, string? stateFolder)
    {
        console.Profile.Width = ConsoleLines.Width;
        var verdict = FederationVerdict.Of(report);
        var (sign, colour) = verdict.ExitCode switch
        {
            AuditOutcome.Holds => ("✔", "green"),
            AuditOutcome.Fault => ("✘", "red"),
            _ => ("?", "yellow"),
        };
        console.MarkupLine($"[{colour} bold]{sign} {Markup.Escape(verdict.Sentence)}[/]");
        WriteFindings(console, report);
        foreach (var node in report.Nodes)
        {
            WriteNode(console, node);
        }

        WritePairs(console, report);
        WriteFiles(console, htmlPath, stateFolder);
    }

    private static void WriteFindings(IAnsiConsole console, FederationReport report)
    {
        foreach (var node in report.Nodes)
        {
            if (node.Audit?.Report.Finding is { } finding)
            {
                console.MarkupLine("  [red]✘[/] [bold]" + Markup.Escape($"{FindingCodes.Name(finding.Code)}: {node.Name}") + "[/]");
                console.Line($"  {finding.Detail}");
            }
        }

        foreach (var finding in report.Findings)
        {
            console.MarkupLine(finding.IsFault ? "  [red]✘[/] " + Title(finding) : "  [yellow]·[/] " + Title(finding));
            console.Line($"  {finding.Detail}");
        }
    }

    private static string Title(CrossFinding finding)
    {
        var entry = finding.Entry is { } at ? $", entry {Number(at)} of {finding.EntryOf}" : "";
        var peer = finding.Peer is { } other ? $" ↔ {other}" : "";
        return "[bold]" + Markup.Escape($"{CrossCodes.Name(finding.Code)}: {finding.Node}{peer}{entry}") + "[/]";
    }

    private static void WriteNode(IAnsiConsole console, NodeReport node)
    {
        console.WriteLine();
        console.MarkupLine("[bold]" + Markup.Escape(node.Name) + "[/] [grey]" + Markup.Escape(node.Address.ToString()) + "[/]");
        if (node.Audit is not { } audit)
        {
            console.Row("Unchecked", node.Reason ?? "");
            return;
        }

        console.Row("Log", audit.Report.Finding is { } finding
            ? $"does not hold: {finding.Detail}"
            : $"holds: {FederationVerdict.Count(audit.Report.EntriesChecked, "entry")}, {FederationVerdict.Count(audit.Report.TilesChecked, "tile")}, the root and the signature");
        console.Row("Key", audit.Report.Key.ToString());
        console.Row("Trusted", audit.Trust switch
        {
            KeyTrust.Given => "as given with --vkey",
            KeyTrust.Remembered => "as in the earlier audit",
            _ => "because the node shows it; compare it with what the co-op publishes elsewhere",
        });
        if (node.Cosigned is { } cosigned)
        {
            console.Row("Cosigned", CosignedText(cosigned));
        }
    }

    public static string CosignedText(CosignatureResult cosigned) => cosigned.Witnesses == 0
        ? "the policy names no witness"
        : $"by {cosigned.Newest} of {FederationVerdict.Count(cosigned.Witnesses, "witness")}; the policy asks for {cosigned.Least}"
            + (cosigned.QuorumSize is { } size ? $"; quorum up to entry {Number(size)}" : "; no checkpoint has the quorum");

    private static void WritePairs(IAnsiConsole console, FederationReport report)
    {
        if (report.Pairs.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[bold]Between them[/]");
        foreach (var pair in report.Pairs)
        {
            console.Line($"{NameOf(report, pair.Node)} → {NameOf(report, pair.Peer)}: {PairText(pair)}");
        }
    }

    public static string PairText(PairReport pair)
    {
        string?[] parts =
        [
            pair.Listing is { } listing ? $"peering {listing.State}" : "no peering",
            pair.Mirror is { } mirror ? $"copy of {FederationVerdict.Count(mirror.Size, "entry")} {(mirror.Agrees ? "agrees" : "DIFFERS")}" : null,
            pair.Seen.Count > 0 ? $"{FederationVerdict.Count(pair.Seen.Count, "checkpoint")} seen{(pair.Seen.Agreeing == pair.Seen.Count ? ", all of that history" : $", {pair.Seen.Count - pair.Seen.Agreeing} of ANOTHER")}" : null,
            pair.Claims.Sent + pair.Claims.Received > 0 ? $"{FederationVerdict.Count(pair.Claims.Sent, "claim")} sent, {pair.Claims.Paired} on both sides" : null,
            pair.Trade.Sent + pair.Trade.Received > 0 ? $"{FederationVerdict.Count(pair.Trade.Sent, "message")} of trade sent, {pair.Trade.Paired} on both sides" : null,
        ];
        return string.Join("; ", parts.Where(p => p is not null));
    }

    private static void WriteFiles(IAnsiConsole console, string? htmlPath, string? stateFolder)
    {
        if (htmlPath is not null || stateFolder is not null)
        {
            console.WriteLine();
        }

        if (htmlPath is not null)
        {
            console.Row("Report", $"in {htmlPath}");
        }

        if (stateFolder is not null)
        {
            console.Row("Remembered", $"in {stateFolder}, of the logs that hold");
        }
    }

    private static string NameOf(FederationReport report, string origin) =>
        report.Nodes.FirstOrDefault(n => n.Origin == origin)?.Name ?? origin;

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
