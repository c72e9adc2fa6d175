using System.Globalization;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Node.Cli.Books;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>An audit for people: the verdict first, then what it rests on.</summary>
internal static class AuditText
{
    public static void Write(IAnsiConsole console, string url, AuditOutcome outcome, string? statePath)
    {
        console.Profile.Width = ConsoleLines.Width;
        if (outcome.Audit is not { } audit)
        {
            console.MarkupLine("[yellow bold]? The log could not be checked.[/]");
            console.Line(outcome.Reason!);
        }
        else if (audit.Report.Finding is { } finding)
        {
            WriteFault(console, url, audit, finding);
        }
        else
        {
            WriteHolds(console, url, audit, statePath);
            if (outcome.Books is { } books)
            {
                BooksText.Write(console, books);
            }
        }
    }

    private static void WriteHolds(IAnsiConsole console, string url, NodeAudit audit, string? statePath)
    {
        var report = audit.Report;
        console.MarkupLine("[green bold]✔ The log holds.[/]");
        console.Row("Node", $"{audit.Node.Name}, {url}");
        console.Row("Checked", Work(report));
        console.Row("Checkpoint", State(report.Note!));
        if (report.EarlierNote is { } earlier)
        {
            var size = Checkpoint.Parse(earlier.Text).Size;
            console.Row("Since then", $"nothing that the earlier audit saw has changed ({Count(size, "entry", "entries")}); {Number(report.Checkpoint!.Size - size)} new");
        }

        WriteKey(console, audit);
        if (statePath is not null)
        {
            console.Row("Remembered", $"in {statePath}");
        }
    }

    private static void WriteFault(IAnsiConsole console, string url, NodeAudit audit, Finding finding)
    {
        console.MarkupLineInterpolated($"[red bold]✘ The log does not hold{Place(finding)}.[/]");
        console.Line(finding.Detail);
        console.Row("Code", FindingCodes.Name(finding.Code));
        console.Row("File", finding.File ?? "-");
        console.Row("Node", $"{audit.Node.Name}, {url}");
        if (audit.Report.Note is { } note)
        {
            console.Row("Checkpoint", State(note));
        }

        if (audit.Report.EarlierNote is { } earlier)
        {
            console.Row("Earlier one", State(earlier));
        }

        WriteKey(console, audit);
    }

    private static void WriteKey(IAnsiConsole console, NodeAudit audit)
    {
        console.Row("Key", audit.Report.Key.ToString());
        console.Row("Trusted", audit.Trust switch
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
}
