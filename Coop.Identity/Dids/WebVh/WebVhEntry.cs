using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Coop.Identity.Json;

namespace Coop.Identity.Dids.WebVh;

/// <summary>One entry of a history, as it stands in its line of <c>did.jsonl</c>.</summary>
public sealed class WebVhEntry
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "versionId", "versionTime", "parameters", "state", "proof",
    };

    private WebVhEntry(JsonObject json, int versionNumber, DateTimeOffset versionTime)
    {
        Json = json;
        VersionNumber = versionNumber;
        VersionTime = versionTime;
        Parameters = json["parameters"]!.AsObject();
        State = json["state"]!.AsObject();
    }

    /// <summary>The whole entry; not to be changed.</summary>
    public JsonObject Json { get; }

    /// <summary>Counted from 1.</summary>
    public int VersionNumber { get; }

    /// <summary>E.g. <c>3-Qm…</c>.</summary>
    public string VersionId => Json["versionId"]!.GetValue<string>();

    public DateTimeOffset VersionTime { get; }

    public JsonObject Parameters { get; }

    /// <summary>The DID document of this version.</summary>
    public JsonObject State { get; }

    /// <summary>The DID as this version names it.</summary>
    public string Did => State["id"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : "";

    internal string EntryHash => VersionId[(VersionId.IndexOf('-', StringComparison.Ordinal) + 1)..];

    internal string VersionTimeText => Json["versionTime"]!.GetValue<string>();

    /// <summary>The line to append to <c>did.jsonl</c>: canonical JSON and a newline.</summary>
    public string ToLine() => Encoding.UTF8.GetString(CanonicalJson.Serialize(Json)) + "\n";

    /// <summary>All proofs; the specification shows a list, and its schema also allows one alone.</summary>
    internal List<JsonObject> Proofs() => Json["proof"] switch
    {
        JsonArray { Count: > 0 and <= WebVhLimits.MaxEntryProofs } list when list.All(p => p is JsonObject) =>
            [.. list.Select(p => p!.AsObject())],
        JsonObject one => [one],
        null or JsonArray { Count: 0 } => throw new WebVhException(WebVhCodes.ProofMissing, "The entry has no proof."),
        _ => throw new WebVhException(WebVhCodes.Proof, "The entry's proof is no list of proofs."),
    };

    internal static WebVhEntry Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length > WebVhLimits.MaxLineSizeBytes)
        {
            throw new WebVhException(WebVhCodes.TooLarge, $"The line has more than {WebVhLimits.MaxLineSizeBytes} bytes.");
        }

        try
        {
            return Of(CanonicalJson.Parse(line) as JsonObject ?? throw Invalid("The line is no JSON object."));
        }
        catch (CanonicalJsonException e)
        {
            throw new WebVhException(WebVhCodes.Entry, e.Message, e);
        }
    }

    internal static WebVhEntry Of(JsonObject json)
    {
        if (json.Any(m => !Members.Contains(m.Key))
            || json["parameters"] is not JsonObject || json["state"] is not JsonObject)
        {
            throw Invalid("An entry has versionId, versionTime, parameters, state and proof, and nothing else.");
        }

        var number = VersionNumberOf(Text(json, "versionId"));
        return WebVhTime.TryParse(Text(json, "versionTime"), out var time)
            ? new WebVhEntry(json, number, time)
            : throw new WebVhException(WebVhCodes.Time, "versionTime is not ISO 8601 in UTC.");
    }

    private static int VersionNumberOf(string? versionId)
    {
        var parts = versionId?.Split('-') ?? [];
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == parts[0]
            ? number
            : throw new WebVhException(WebVhCodes.VersionNumber, "versionId is not number, dash and hash.");
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static WebVhException Invalid(string message) => new(WebVhCodes.Entry, message);
}
