using System.Globalization;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>An audit for people: the verdict first, then what it rests on.</summary>
internal static class AuditText
{
    /// <summary>Keys and hashes are copied from here, so lines are broken by the terminal and never by us.</summary>
    private const int LineWidth = 4096;

    public static void Write(IAnsiConsole console, string url, AuditOutcome outcome, string? statePath)
    {
        console.Profile.Width = LineWidth;
        if (outcome.Audit is not { } audit)
        {
            console.MarkupLine("[yellow bold]? The log could not be checked.[/]");
            Line(console, outcome.Reason!);
        }
        else if (audit.Report.Finding is { } finding)
        {
            WriteFault(console, url, audit, finding);
        }
        else
        {
            WriteHolds(console, url, audit, statePath);
        }
    }

    private static void WriteHolds(IAnsiConsole console, string url, NodeAudit audit, string? statePath)
    {
        var report = audit.Report;
        console.MarkupLine("[green bold]✔ The log holds.[/]");
        Row(console, "Node", $"{audit.Node.Name}, {url}");
        Row(console, "Checked", Work(report));
        Row(console, "Checkpoint", State(report.Note!));
        if (report.EarlierNote is { } earlier)
        {
            var size = Checkpoint.Parse(earlier.Text).Size;
            Row(console, "Since then", $"nothing that the earlier audit saw has changed ({Count(size, "entry", "entries")}); {Number(report.Checkpoint!.Size - size)} new");
        }

        WriteKey(console, audit);
        if (statePath is not null)
        {
            Row(console, "Remembered", $"in {statePath}");
        }
    }

    private static void WriteFault(IAnsiConsole console, string url, NodeAudit audit, Finding finding)
    {
        console.MarkupLineInterpolated($"[red bold]✘ The log does not hold{Place(finding)}.[/]");
        Line(console, finding.Detail);
        Row(console, "Code", FindingCodes.Name(finding.Code));
        Row(console, "File", finding.File ?? "-");
        Row(console, "Node", $"{audit.Node.Name}, {url}");
        if (audit.Report.Note is { } note)
        {
            Row(console, "Checkpoint", State(note));
        }

        if (audit.Report.EarlierNote is { } earlier)
        {
            Row(console, "Earlier one", State(earlier));
        }

        WriteKey(console, audit);
    }

    private static void WriteKey(IAnsiConsole console, NodeAudit audit)
    {
        Row(console, "Key", audit.Report.Key.ToString());
        Row(console, "Trusted", audit.Trust switch
        {
            KeyTrust.Given => "as given with --vkey",
            KeyTrust.Remembered => "as in the earlier audit",
            _ => "because the node shows it; compare it with what the co-op publishes elsewhere",
        });
    }

    private static string Place(Finding finding) =>
        finding.Entry is not { } first ? ""
        : finding.LastEntry == first ? $": entry {Number(first)}"
        : $": entries {Number(first)} to {Number(finding.LastEntry ?? first)}";

    private static string Work(AuditReport report) =>
        $"{Count(report.EntriesChecked, "entry", "entries")}, every link between them, "
        + $"{Count(report.BundlesChecked, "bundle", "bundles")}, {Count(report.TilesChecked, "tile", "tiles")}, the root and the signature";

    private static string State(SignedNote note)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        return $"{Count(checkpoint.Size, "entry", "entries")}, root {Convert.ToBase64String(checkpoint.Root.Span)}";
    }

    private static string Count(long count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Row(IAnsiConsole console, string name, string value) =>
        console.MarkupLineInterpolated($"  [grey]{name,-12}[/]{Plain(value)}");

    private static void Line(IAnsiConsole console, string text) => console.MarkupLineInterpolated($"  {Plain(text)}");

    // Much of the text is the node's, which must not steer the reader's terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
