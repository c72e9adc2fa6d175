using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Identity.Dids;

namespace Coop.Node.Cli;

/// <summary>A resolution for machines, in the members of DID Resolution 1.0, as specs/dids.md describes it.</summary>
internal static class DidJson
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(DidOutcome outcome) => new JsonObject
    {
        ["verdict"] = outcome.ExitCode switch
        {
            DidOutcome.Resolved => "resolved",
            DidOutcome.Refused => "refused",
            _ => "unresolved",
        },
        ["did"] = outcome.Did,
        ["didDocument"] = outcome.Resolution?.Document?.Json.DeepClone(),
        ["didDocumentMetadata"] = Metadata(outcome.Resolution?.Metadata ?? DidMetadata.Empty),
        ["didResolutionMetadata"] = Resolution(outcome),
        ["dns"] = outcome.Dns?.ToString().ToLowerInvariant(),
    }.ToJsonString(Indented);

    private static JsonObject Resolution(DidOutcome outcome) => new()
    {
        ["error"] = outcome.Resolution is { Error: not DidError.None and var error }
            ? JsonNamingPolicy.CamelCase.ConvertName(error.ToString())
            : null,
        ["code"] = outcome.Resolution?.Code,
        ["detail"] = outcome.Resolution?.Detail ?? outcome.Reason,
    };

    // DID Resolution writes no numbers here; did:webvh shows both of its own as text.
    private static JsonObject Metadata(DidMetadata metadata)
    {
        var json = new JsonObject { ["deactivated"] = metadata.IsDeactivated };
        if (metadata.VersionId is { } versionId)
        {
            json["versionId"] = versionId;
            json["versionTime"] = Time(metadata.VersionTime);
            json["created"] = Time(metadata.Created);
            json["updated"] = Time(metadata.Updated);
            json["scid"] = metadata.Scid;
            json["portable"] = metadata.IsPortable;
            json["witnessThreshold"] = metadata.WitnessThreshold.ToString(CultureInfo.InvariantCulture);
            json["ttl"] = metadata.TimeToLive?.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return json;
    }

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", CultureInfo.InvariantCulture);
}
