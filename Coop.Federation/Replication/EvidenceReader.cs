using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;

namespace Coop.Federation.Replication;

/// <summary>Reads the JSON of evidence strictly: every member there, none unknown, all within bounds.</summary>
internal static class EvidenceReader
{
    private static readonly string[] Required = ["type", "vkey", "smaller", "larger", "hashes"];

    private static readonly string[] PinMembers = ["by", "whose", "how"];

    public static EquivocationEvidence Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > EquivocationEvidence.MaxSizeBytes)
        {
            throw Malformed("It is too large.");
        }

        JsonObject json;
        try
        {
            json = CanonicalJson.Parse(utf8) as JsonObject ?? throw Malformed("It is not a JSON object.");
        }
        catch (CanonicalJsonException e)
        {
            throw Malformed(e.Message);
        }

        CheckMembers(json, Required, "pinned");
        return Text(json, "type") == EquivocationEvidence.Type
            ? Checked(() => Of(json))
            : throw Malformed($"Its type is not {EquivocationEvidence.Type}.");
    }

    /// <summary>Whether a file claims to be evidence, so that it should be read as such.</summary>
    public static bool Claims(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return CanonicalJson.Parse(utf8) is JsonObject json
                && json["type"] is JsonValue type
                && type.TryGetValue<string>(out var text)
                && text == EquivocationEvidence.Type;
        }
        catch (CanonicalJsonException)
        {
            return false;
        }
    }

    /// <summary>Turns what the note formats complain about into this module's exception.</summary>
    public static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NoteException e)
        {
            throw Malformed(e.Message);
        }
    }

    private static EquivocationEvidence Of(JsonObject json) => new(
        NoteKey.Parse(Text(json, "vkey")),
        Note(json, "smaller"),
        Note(json, "larger"),
        Hashes(json))
    {
        Pinned = json.ContainsKey("pinned") ? Pin(json["pinned"]) : null,
    };

    // Exactly one signature, so that one pair of checkpoints has one spelling.
    private static SignedNote Note(JsonObject json, string name)
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(Text(json, name)));
        return note.Signatures.Count == 1 ? note : throw Malformed($"{name} has other signatures than the log's.");
    }

    private static byte[][] Hashes(JsonObject json) =>
        json["hashes"] is JsonArray { Count: <= Proofs.MaxHashes + 1 } hashes
            ? [.. hashes.Select(h => HashText.Parse(TextOf(h, "hashes")))]
            : throw Malformed($"hashes is not a list of at most {Proofs.MaxHashes + 1} hashes.");

    private static EvidencePin Pin(JsonNode? node)
    {
        var pin = node as JsonObject ?? throw Malformed("pinned is not an object.");
        CheckMembers(pin, PinMembers);
        return new EvidencePin(Short(pin, "by"), Short(pin, "whose"), Short(pin, "how"));
    }

    private static string Short(JsonObject json, string name) =>
        Text(json, name) is { Length: <= EvidencePin.MaxLength } text ? text : throw Malformed($"{name} is too long.");

    private static void CheckMembers(JsonObject json, string[] required, string? optional = null)
    {
        if (!required.All(json.ContainsKey)
            || json.Any(m => m.Key != optional && !required.Contains(m.Key, StringComparer.Ordinal)))
        {
            throw Malformed($"Its members are not {string.Join(", ", required)}.");
        }
    }

    private static string Text(JsonObject json, string name) => TextOf(json[name], name);

    private static string TextOf(JsonNode? node, string name) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Malformed($"{name} is not text.");

    private static EvidenceException Malformed(string message) => new(EvidenceCodes.Malformed, message);
}
