using System.Globalization;
using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Ledger.Audit;
using Spectre.Console;

namespace Coop.Node.Cli.Books;

/// <summary>An audit of the books for people and for machines, as specs/books-audit.md describes it.</summary>
internal static class BooksText
{
    /// <summary>More than these are counted and not shown to people.</summary>
    private const int MaxShown = 20;

    public static void Write(IAnsiConsole console, BooksReport report)
    {
        if (report is { IsClean: true, UnprovenCount: > 0 })
        {
            console.MarkupLineInterpolated($"[yellow bold]? {report.UnprovenCount} of the books' facts are not in the log, which is said to be about to have them.[/]");
            console.Line("Audit again in a minute. What the log does not have then, it never had.");
        }
        else if (report.IsClean)
        {
            console.MarkupLine("[green bold]✔ The books hold.[/]");
        }
        else
        {
            console.MarkupLineInterpolated($"[red bold]✘ The books do not hold: {report.Findings.Count} findings.[/]");
        }

        foreach (var finding in report.Findings.Kept.Take(MaxShown))
        {
            console.Row(Name(finding.Code), finding.Detail);
        }

        foreach (var unproven in report.Unproven.Take(MaxShown))
        {
            console.Row("unproven", unproven);
        }

        if (report.Findings.Count > MaxShown)
        {
            console.Line($"and {report.Findings.Count - MaxShown} more; --json lists up to {BookFindings.MaxKept}.");
        }

        console.Row("Books", string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Journals:N0} journals on {report.Accounts:N0} accounts, with the first {report.LogSize:N0} entries of the log; {report.Waiting:N0} journals came into it since"));
    }

    public static JsonObject? Json(BooksReport? report) => report is null ? null : new JsonObject
    {
        ["logSize"] = report.LogSize,
        ["accounts"] = report.Accounts,
        ["journals"] = report.Journals,
        ["waiting"] = report.Waiting,
        ["unprovenCount"] = report.UnprovenCount,
        ["unproven"] = new JsonArray([.. report.Unproven.Select(u => JsonValue.Create(u))]),
        ["findingCount"] = report.Findings.Count,
        ["findings"] = new JsonArray([.. report.Findings.Kept.Select(Json)]),
    };

    private static JsonObject Json(BookFinding finding) => new()
    {
        ["code"] = Name(finding.Code),
        ["entry"] = finding.Entry,
        ["journal"] = finding.Journal,
        ["number"] = finding.Number,
        ["account"] = finding.Account,
        ["detail"] = finding.Detail,
    };

    private static string Name(BookFindingCode code) => FindingCodes.NameOf(code.ToString());
}
