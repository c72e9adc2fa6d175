using System.Globalization;
using System.Text;
using Coop.Federation.Log.Merkle;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>
/// The body of <c>add-checkpoint</c>, C2SP tlog-witness: <c>old SIZE\n</c>, up to 63 hashes in base64, each
/// on a line of its own, an empty line, and a signed checkpoint.
/// </summary>
/// <param name="OldSize">The size that the witness is thought to have cosigned last, 0 or more.</param>
/// <param name="Proof">The consistency proof from it to the checkpoint (RFC 6962, section 2.1.2).</param>
/// <param name="Note">The signed checkpoint.</param>
/// <param name="Checkpoint">What the note's text says; nothing is verified yet.</param>
public sealed record AddCheckpointRequest(
    long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    private const string OldPrefix = "old ";
    private const int HashLineSizeBytes = 45;
    private const int MaxHeadSizeBytes = 32 + (Proofs.MaxHashes * HashLineSizeBytes);

    /// <summary>No well-formed request is larger.</summary>
    public const int MaxSizeBytes = MaxHeadSizeBytes + SignedNote.MaxSizeBytes;

    /// <summary>The request for a signed checkpoint.</summary>
    /// <exception cref="NoteException">The note is not of a checkpoint.</exception>
    public static AddCheckpointRequest Create(long oldSize, IReadOnlyList<byte[]> proof, SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return new(oldSize, proof, note, Checkpoint.Parse(note.Text));
    }

    /// <exception cref="NoteException">The bytes are not such a body in its one spelling.</exception>
    public static AddCheckpointRequest Parse(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\n\n"u8);
        if (end < 0 || end > MaxHeadSizeBytes)
        {
            throw new NoteException("The request has no empty line between its proof and its checkpoint.");
        }

        var lines = Encoding.Latin1.GetString(body[..end]).Split('\n');
        if (lines.Length - 1 > Proofs.MaxHashes)
        {
            throw new NoteException($"The proof has more than {Proofs.MaxHashes} lines.");
        }

        var oldSize = ParseOldSize(lines[0]);
        return Create(oldSize, [.. lines.Skip(1).Select(HashText.Parse)], SignedNote.Parse(body[(end + 2)..]));
    }

    public byte[] Encode()
    {
        var text = new StringBuilder(OldPrefix).Append(CultureInfo.InvariantCulture, $"{OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return [.. Encoding.ASCII.GetBytes(text.Append('\n').ToString()), .. Note.Encode()];
    }

    private static long ParseOldSize(string line) =>
        line.StartsWith(OldPrefix, StringComparison.Ordinal)
        && DecimalText.TryParse(line[OldPrefix.Length..], out var size)
            ? size
            : throw new NoteException("The first line is 'old' and a size in decimal, below 2^63.");
}
