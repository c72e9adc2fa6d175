using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Coop.Identity.Keys;

namespace Coop.Federation.Log.Notes;

/// <summary>
/// A witness's time-stamped Ed25519 signature on a checkpoint, C2SP tlog-cosignature v1 (type 0x04):
/// 8 bytes of POSIX seconds, big-endian, and 64 bytes of signature over
/// <c>cosignature/v1\ntime SECONDS\n</c> and the note's text.
/// </summary>
/// <remarks>The message does not name the witness, so a key serves one witness name only.</remarks>
public static class Cosignature
{
    private const int TimeSizeBytes = 8;
    private const int SizeBytes = TimeSizeBytes + Ed25519.SignatureSizeBytes;

    /// <summary>Signs a checkpoint's text as that witness.</summary>
    /// <param name="text">The note's text; it should be a checkpoint that was found consistent.</param>
    /// <param name="witness">The witness's name, a schema-less URL.</param>
    /// <param name="key">The witness's key.</param>
    /// <param name="time">When; whole seconds count.</param>
    public static NoteSignature Sign(string text, string witness, Ed25519Key key, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(key);
        var seconds = time.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        var bytes = new byte[SizeBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        key.Sign(Message(text, seconds)).CopyTo(bytes, TimeSizeBytes);
        var id = NoteKey.Create(witness, NoteKey.CosignatureType, key.PublicKey.Span).Id;
        return new NoteSignature(witness, id, bytes);
    }

    /// <summary>
    /// The POSIX seconds at which the witness cosigned the note; null when it did not. Of several, the
    /// latest. A signature that claims the witness's key and fails spoils the note.
    /// </summary>
    public static long? Time(SignedNote note, NoteKey witness)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(witness);
        if (witness.Type != NoteKey.CosignatureType)
        {
            return null;
        }

        long? latest = null;
        foreach (var signature in note.Signatures.Where(s => s.Name == witness.Name && s.KeyId == witness.Id))
        {
            if (Verify(note.Text, signature.Bytes.Span, witness) is not { } seconds)
            {
                return null;
            }

            latest = Math.Max(latest ?? seconds, seconds);
        }

        return latest;
    }

    private static long? Verify(string text, ReadOnlySpan<byte> bytes, NoteKey witness)
    {
        // The format bounds the time to 2^63 - 1; a larger one reads as negative.
        if (bytes.Length != SizeBytes || BinaryPrimitives.ReadInt64BigEndian(bytes) is not (>= 0 and var seconds))
        {
            return null;
        }

        return Ed25519.Verify(witness.PublicKey.Span, Message(text, seconds), bytes[TimeSizeBytes..]) ? seconds : null;
    }

    private static byte[] Message(string text, long seconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));
}
