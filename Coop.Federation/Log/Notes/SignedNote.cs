using System.Buffers.Binary;
using System.Text;
using Coop.Identity.Keys;

namespace Coop.Federation.Log.Notes;

/// <summary>
/// A signed note, C2SP signed-note v1.0.0: text that ends in a newline, a blank line, and lines of
/// <c>— name base64(key ID ‖ signature)</c>.
/// </summary>
/// <param name="Text">The signed text, with its last newline.</param>
/// <param name="Signatures">One or more, in the note's order.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>More than the 16 that a verifier must accept.</summary>
    public const int MaxSignatures = 64;

    public const int MaxSizeBytes = 64 * 1024;

    private const string LinePrefix = "— ";
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Signs a text with one Ed25519 key (type 0x01).</summary>
    public static SignedNote Sign(string text, string keyName, Ed25519Key key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        var id = NoteKey.Create(keyName, NoteKey.Ed25519Type, key.PublicKey.Span).Id;
        return new SignedNote(text, [new NoteSignature(keyName, id, key.Sign(StrictUtf8.GetBytes(text)))]);
    }

    /// <exception cref="NoteException">The bytes are not a signed note in its one spelling.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxSizeBytes)
        {
            throw new NoteException("The note is too large.");
        }

        var note = Decode(bytes);
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || split + 2 == note.Length)
        {
            throw new NoteException("The note has no signatures.");
        }

        var lines = note[(split + 2)..^1].Split('\n');
        if (lines.Length > MaxSignatures)
        {
            throw new NoteException("The note has too many signatures.");
        }

        return new SignedNote(note[..(split + 1)], [.. lines.Select(ParseLine)]);
    }

    /// <summary>Whether the key signed the text. A signature that claims the key and fails spoils the note.</summary>
    public bool IsSignedBy(NoteKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Type != NoteKey.Ed25519Type)
        {
            return false;
        }

        var text = StrictUtf8.GetBytes(Text);
        var claimed = Signatures.Where(s => s.Name == key.Name && s.KeyId == key.Id).ToList();
        return claimed.Count > 0 && claimed.All(s => Ed25519.Verify(key.PublicKey.Span, text, s.Bytes.Span));
    }

    public byte[] Encode() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            note.Append(LinePrefix).Append(signature.Name).Append(' ').Append(SignatureText(signature)).Append('\n');
        }

        return note.ToString();
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var note = StrictUtf8.GetString(bytes);
            return note.Any(c => c < 0x20 && c != '\n')
                ? throw new NoteException("The note has a control character.")
                : note;
        }
        catch (DecoderFallbackException)
        {
            throw new NoteException("The note is not UTF-8.");
        }
    }

    private static NoteSignature ParseLine(string line)
    {
        var parts = line.StartsWith(LinePrefix, StringComparison.Ordinal) ? line[LinePrefix.Length..].Split(' ') : [];
        if (parts.Length != 2 || !NoteKey.IsName(parts[0]) || HashText.ParseBytes(parts[1]) is not { Length: > 4 } bytes)
        {
            throw new NoteException("A signature line is damaged.");
        }

        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
    }

    private static string SignatureText(NoteSignature signature)
    {
        var bytes = new byte[4 + signature.Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, signature.KeyId);
        signature.Bytes.CopyTo(bytes.AsMemory(4));
        return Convert.ToBase64String(bytes);
    }
}
