using System.Globalization;
using Coop.Identity.Keys;

namespace Coop.Federation.Log.Notes;

/// <summary>
/// A log's state, C2SP tlog-checkpoint v1.0.0: the note text <c>origin\nsize\nbase64(root)\n</c>.
/// </summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Size">Entries in it, 0 or more.</param>
/// <param name="Root">The RFC 6962 root, 32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root)
{
    /// <summary>The text that is signed. This code writes no extension lines.</summary>
    public string Text =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.Span)}\n");

    /// <summary>Signs with the log's key, whose name is the origin.</summary>
    public SignedNote Sign(Ed25519Key key) => SignedNote.Sign(Text, Origin, key);

    /// <summary>Reads the text of a checkpoint, verifying nothing; extension lines are allowed and ignored.</summary>
    /// <exception cref="NoteException">The text is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(l => l.Length == 0))
        {
            throw new NoteException("A checkpoint has an origin, a size and a root.");
        }

        return new Checkpoint(lines[0], ParseSize(lines[1]), HashText.Parse(lines[2]));
    }

    /// <summary>Reads a signed checkpoint and verifies that the log of that key signed it.</summary>
    /// <exception cref="NoteException">It is damaged, of another origin, or not signed by the key.</exception>
    public static Checkpoint Verify(ReadOnlySpan<byte> signedNote, NoteKey logKey)
    {
        ArgumentNullException.ThrowIfNull(logKey);
        var note = SignedNote.Parse(signedNote);
        var checkpoint = Parse(note.Text);
        if (checkpoint.Origin != logKey.Name)
        {
            throw new NoteException($"The checkpoint is of {checkpoint.Origin}, not of {logKey.Name}.");
        }

        return note.IsSignedBy(logKey) ? checkpoint : throw new NoteException("The checkpoint's signature does not verify.");
    }

    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root.Span.SequenceEqual(other.Root.Span);

    public override int GetHashCode() => HashCode.Combine(Origin, Size);

    private static long ParseSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        && size.ToString(CultureInfo.InvariantCulture) == text
            ? size
            : throw new NoteException("A checkpoint's size is a decimal number below 2^63.");
}
