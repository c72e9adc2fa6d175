using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Audit;
using Coop.Federation.Log.Notes;
using Coop.Node.Cli.Books;

namespace Coop.Node.Cli;

/// <summary>An audit for machines, as specs/log-audit.md describes it.</summary>
internal static class AuditJson
{
    internal static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(string url, AuditOutcome outcome) => ToJson(url, outcome).ToJsonString(Indented);

    internal static JsonObject ToJson(string url, AuditOutcome outcome)
    {
        var report = outcome.Audit?.Report;
        return new JsonObject
        {
            ["verdict"] = outcome.ExitCode switch
            {
                AuditOutcome.Holds => "holds",
                AuditOutcome.Fault => "fault",
                _ => "unchecked",
            },
            ["node"] = url,
            ["name"] = outcome.Audit?.Node.Name,
            ["vkey"] = report?.Key.ToString(),
            ["trust"] = outcome.Audit?.Trust switch
            {
                KeyTrust.FirstUse => "first-use",
                KeyTrust.Remembered => "remembered",
                KeyTrust.Given => "given",
                _ => null,
            },
            ["checkpoint"] = Checkpoint(report?.Note),
            ["earlier"] = Checkpoint(report?.EarlierNote),
            ["checked"] = report is null ? null : new JsonObject
            {
                ["entries"] = report.EntriesChecked,
                ["bundles"] = report.BundlesChecked,
                ["tiles"] = report.TilesChecked,
            },
            ["finding"] = Finding(report?.Finding),
            ["books"] = BooksText.Json(outcome.Books),
            ["reason"] = outcome.Reason,
        };
    }

    private static JsonObject? Checkpoint(SignedNote? note)
    {
        if (note is null)
        {
            return null;
        }

        var checkpoint = Coop.Federation.Log.Notes.Checkpoint.Parse(note.Text);
        return new JsonObject
        {
            ["origin"] = checkpoint.Origin,
            ["size"] = checkpoint.Size,
            ["root"] = Convert.ToBase64String(checkpoint.Root.Span),
            ["note"] = note.ToString(),
        };
    }

    private static JsonObject? Finding(Finding? finding) => finding is null ? null : new JsonObject
    {
        ["code"] = FindingCodes.Name(finding.Code),
        ["entry"] = finding.Entry,
        ["lastEntry"] = finding.LastEntry,
        ["file"] = finding.File,
        ["detail"] = finding.Detail,
    };
}
