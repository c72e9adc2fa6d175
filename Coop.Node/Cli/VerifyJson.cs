using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Credentials;

namespace Coop.Node.Cli;

/// <summary>A verification for machines, as specs/credentials.md describes it.</summary>
internal static class VerifyJson
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(VerifyOutcome outcome) => (
        outcome.Evidence is { } evidence ? evidence.ToJson()
        : outcome.Report is { } report ? ToJson(report)
        : new JsonObject { ["verdict"] = "unchecked", ["reason"] = outcome.Reason }).ToJsonString(Indented);

    internal static JsonObject ToJson(VerificationReport report) => new()
    {
        ["verdict"] = report.Verdict.ToString().ToLowerInvariant(),
        ["format"] = report.Format,
        ["holder"] = report.Holder,
        ["content"] = Content(report.Content),
        ["checks"] = new JsonObject(report.Checks.Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, Check(c.Check)))),
        ["credentials"] = new JsonArray([.. report.Credentials.Select(ToJson)]),
    };

    private static JsonObject? Content(CredentialContent? content) => content is null ? null : new JsonObject
    {
        ["id"] = content.Id,
        ["type"] = content.Type.Name,
        ["issuer"] = content.Issuer,
        ["issuerName"] = content.IssuerName,
        ["subject"] = content.Subject,
        ["validFrom"] = content.ValidFrom,
        ["validUntil"] = content.ValidUntil,
        ["claims"] = content.Claims.DeepClone(),
    };

    private static JsonObject Check(Check check) => new()
    {
        ["state"] = check.State switch
        {
            CheckState.Passed => "passed",
            CheckState.Failed => "failed",
            CheckState.Unsupported => "unsupported",
            CheckState.Unknown => "unknown",
            _ => "not-checked",
        },
        ["code"] = check.Code,
        ["detail"] = check.Detail,
    };
}
