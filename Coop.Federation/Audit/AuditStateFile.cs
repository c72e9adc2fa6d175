using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Audit;

/// <summary>
/// An <see cref="AuditState"/> in a JSON file, as specs/log-audit.md describes it. What is read must lead
/// to the checkpoint's root and carry the key's signature, so a damaged file is never taken for a fault
/// of the log.
/// </summary>
public static class AuditStateFile
{
    private const int Version = 1;
    private const long MaxSizeBytes = 1L << 30;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>Reads a state; null where there is no file.</summary>
    /// <exception cref="AuditImpossibleException">The file is not a whole state, or cannot be read.</exception>
    public static AuditState? Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var stream = File.OpenRead(path);
            var state = stream.Length <= MaxSizeBytes ? Parse(JsonSerializer.Deserialize<Content>(stream, Strict)) : null;
            return state?.IsWhole() == true
                ? state
                : throw new AuditImpossibleException($"{path} is damaged: what it remembers does not fit together.");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new AuditImpossibleException($"{path} is not the state of an audit.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditImpossibleException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Replaces the file in one step: after a crash it holds either the old state or the new one.</summary>
    /// <exception cref="AuditImpossibleException">The file cannot be written.</exception>
    public static void Write(string path, AuditState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var content = new Content(
            Version,
            state.Key.ToString(),
            state.Note.ToString(),
            Convert.ToBase64String(state.TileRoots.Span),
            Convert.ToBase64String(state.Leaves.Span));
        var temporary = path + ".new";
        try
        {
            using (var stream = File.Create(temporary))
            {
                JsonSerializer.Serialize(stream, content, Strict);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditImpossibleException($"{path} cannot be written: {e.Message}", e);
        }
    }

    private static AuditState? Parse(Content? content) => content is { Version: Version }
        ? new AuditState(
            NoteKey.Parse(content.Vkey),
            SignedNote.Parse(Encoding.UTF8.GetBytes(content.Checkpoint)),
            Convert.FromBase64String(content.TileRoots),
            Convert.FromBase64String(content.Leaves))
        : null;

    private sealed record Content(int Version, string Vkey, string Checkpoint, string TileRoots, string Leaves);
}
