using System.Text;
using System.Text.Json.Nodes;
using Coop.Federation.Log;
using Coop.Federation.Log.Notes;
using Coop.Identity.Json;

namespace Coop.Federation.Replication;

/// <summary>
/// The event by which a node says what it saw of another's log; its payload is public. Specified in
/// specs/replication.md.
/// </summary>
public static class CheckpointSeen
{
    public const string EventType = "checkpoint.seen";

    /// <summary>Of salt and payload as JSON; a note has at most 64 KiB, of which every byte may need an escape.</summary>
    public const int MaxSizeBytes = 512 * 1024;

    /// <summary>The event about a checkpoint, with the log's signature and all cosignatures.</summary>
    public static EventDraft Draft(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var checkpoint = Checkpoint.Parse(note.Text);
        var payload = new JsonObject
        {
            ["origin"] = checkpoint.Origin,
            ["size"] = checkpoint.Size,
            ["root"] = Convert.ToBase64String(checkpoint.Root.Span),
            ["note"] = note.ToString(),
        };
        return new EventDraft(EventType, "node", LogSubject.Of(checkpoint.Origin), Visibility.Public, payload);
    }

    /// <summary>
    /// The checkpoint in a payload as the other node serves it, <c>{salt, payload}</c>, once it is the one that
    /// its entry commits to; null where it is not, or is no such payload.
    /// </summary>
    /// <param name="served">The bytes served.</param>
    /// <param name="payloadHash">The entry's hash of it.</param>
    public static SignedNote? Read(ReadOnlySpan<byte> served, ReadOnlySpan<byte> payloadHash)
    {
        try
        {
            return CanonicalJson.Parse(served) is JsonObject json
                && Text(json, "salt") is { } salt
                && json["payload"] is JsonObject payload
                && Text(payload, "note") is { } note
                && PayloadHash.Compute(Convert.FromBase64String(salt), CanonicalJson.Serialize(payload))
                    .AsSpan().SequenceEqual(payloadHash)
                        ? SignedNote.Parse(Encoding.UTF8.GetBytes(note))
                        : null;
        }
        catch (Exception e) when (e is CanonicalJsonException or NoteException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
