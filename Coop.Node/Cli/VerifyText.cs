using System.Globalization;
using Coop.Identity.Credentials;
using Spectre.Console;

namespace Coop.Node.Cli;

/// <summary>A verification for people: the verdict first, then what it rests on.</summary>
internal static class VerifyText
{
    /// <summary>Names and keys are copied from here, so lines are broken by the terminal and never by us.</summary>
    private const int LineWidth = 4096;

    public static void Write(IAnsiConsole console, VerifyOutcome outcome)
    {
        console.Profile.Width = LineWidth;
        if (outcome.Evidence is { } evidence)
        {
            EvidenceText.Write(console, evidence);
            return;
        }

        if (outcome.Report is not { } report)
        {
            console.MarkupLine("[yellow bold]? It could not be verified.[/]");
            console.WriteLine("  " + Plain(outcome.Reason!));
            return;
        }

        WriteVerdict(console, report);
        WriteReport(console, report);
        for (var i = 0; i < report.Credentials.Count; i++)
        {
            console.MarkupLineInterpolated($"[bold]Credential {i + 1} of {report.Credentials.Count}[/]");
            WriteReport(console, report.Credentials[i]);
        }
    }

    private static void WriteVerdict(IAnsiConsole console, VerificationReport report)
    {
        var what = report.Content?.Type.Name ?? (report.Format == "unknown" ? "It" : report.Format);
        switch (report.Verdict)
        {
            case Verdict.Valid:
                console.MarkupLineInterpolated($"[green bold]✔ {Plain(what)} is valid.[/]");
                break;
            case Verdict.Invalid:
                console.MarkupLineInterpolated($"[red bold]✘ {Plain(what)} is not valid.[/]");
                break;
            default:
                console.MarkupLineInterpolated($"[yellow bold]? Whether {Plain(what)} is valid cannot be told.[/]");
                break;
        }

        if (report.FirstObstacle is { } obstacle)
        {
            console.WriteLine("  " + Plain(obstacle.Detail));
        }
    }

    private static void WriteReport(IAnsiConsole console, VerificationReport report)
    {
        Row(console, "Encoding", report.Format);
        if (report.Content is { } content && report.Credentials.Count == 0)
        {
            WriteContent(console, content);
        }

        if (report.Holder is { } holder)
        {
            Row(console, "Presented by", holder);
        }

        foreach (var (name, check) in report.Checks)
        {
            console.MarkupInterpolated($"  {Mark(check.State)} [grey]{name,-11}[/]");
            console.Write(Plain(check.Detail));
            console.MarkupLineInterpolated($" [grey]{Plain(check.Code)}[/]");
        }
    }

    private static void WriteContent(IAnsiConsole console, CredentialContent content)
    {
        Row(console, "Issuer", content.IssuerName is { } called ? $"{content.Issuer} (calls itself {called})" : content.Issuer);
        Row(console, "Subject", content.Subject ?? "-");
        Row(console, "Valid", $"{Time(content.ValidFrom)} to {Time(content.ValidUntil)}");
        foreach (var (name, value) in content.Claims.Take(32))
        {
            Row(console, "Says", $"{name} = {value?.ToJsonString() ?? "null"}");
        }
    }

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Passed => "✔",
        CheckState.Failed => "✘",
        CheckState.NotChecked => "·",
        _ => "?",
    };

    private static string Time(DateTimeOffset? time) => time is { } t
        ? t.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : "-";

    // Others' text is written as text: as markup, did:key: would become a picture of a key.
    internal static void Row(IAnsiConsole console, string name, string value)
    {
        console.MarkupInterpolated($"  [grey]{name,-13}[/]");
        console.WriteLine(Plain(value));
    }

    // Nearly all of the text is somebody else's, which must not steer the reader's terminal.
    internal static string Plain(string text) =>
        string.Concat(text.Take(1000).Select(c => char.IsControl(c) ? '\uFFFD' : c)) + (text.Length > 1000 ? "…" : "");
}
