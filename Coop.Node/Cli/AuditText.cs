using System.Globalization;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>An audit for people: the verdict first, then what it rests on.</summary>
internal static class AuditText
{
    public static void Write(IAnsiConsole console, string url, AuditOutcome outcome, string? statePath)
    {
        if (outcome.Audit is not { } audit)
        {
            console.MarkupLine("[yellow bold]? The log could not be checked.[/]");
            Indent(console, outcome.Reason!);
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
        Indent(console, $"{audit.Node.Name}, {url}");
        var table = Table();
        Row(table, "Checked", $"{Number(report.EntriesChecked)} entries and their chain, {Number(report.BundlesChecked)} bundles, {Number(report.TilesChecked)} tiles, the root, the signature");
        AddCheckpoint(table, "Checkpoint", report.Note);
        if (report.EarlierNote is { } earlier)
        {
            var size = Checkpoint.Parse(earlier.Text).Size;
            Row(table, "Since then", $"the {Number(size)} entries of the earlier audit are unchanged, {Number(report.Checkpoint!.Size - size)} are new");
        }

        AddKey(table, audit);
        if (statePath is not null)
        {
            Row(table, "Remembered", $"in {statePath}");
        }

        console.Write(table);
    }

    private static void WriteFault(IAnsiConsole console, string url, NodeAudit audit, Finding finding)
    {
        console.MarkupLine($"[red bold]✘ The log does not hold{Markup.Escape(Place(finding))}.[/]");
        Indent(console, finding.Detail);
        var table = Table();
        Row(table, "Code", FindingCodes.Name(finding.Code));
        Row(table, "File", finding.File ?? "-");
        Row(table, "Node", $"{audit.Node.Name}, {url}");
        AddCheckpoint(table, "Checkpoint", audit.Report.Note);
        AddCheckpoint(table, "Earlier one", audit.Report.EarlierNote);
        AddKey(table, audit);
        console.Write(table);
    }

    private static string Place(Finding finding) =>
        finding.Entry is not { } first ? ""
        : finding.LastEntry == first ? $": entry {Number(first)}"
        : $": entries {Number(first)} to {Number(finding.LastEntry ?? first)}";

    private static void AddCheckpoint(Table table, string name, SignedNote? note)
    {
        if (note is not null)
        {
            var checkpoint = Checkpoint.Parse(note.Text);
            Row(table, name, $"{Number(checkpoint.Size)} entries, root {Convert.ToBase64String(checkpoint.Root.Span)}");
        }
    }

    private static void AddKey(Table table, NodeAudit audit)
    {
        Row(table, "Key", audit.Report.Key.ToString());
        Row(table, "Trusted", audit.Trust switch
        {
            KeyTrust.Given => "as given with --vkey",
            KeyTrust.Remembered => "as in the earlier audit",
            _ => "because the node shows it; compare it with what the co-op publishes elsewhere",
        });
    }

    private static Table Table() => new Table().NoBorder().HideHeaders().AddColumn(new TableColumn("").NoWrap().PadLeft(2)).AddColumn("");

    private static void Row(Table table, string name, string value) =>
        table.AddRow(new Text(name, new Style(Color.Grey)), new Text(Plain(value)));

    private static void Indent(IAnsiConsole console, string text) => console.Write(new Padder(new Text(Plain(text)), new Padding(2, 0, 0, 0)));

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // Much of the text is the node's, which must not steer the reader's terminal.
    private static string Plain(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
