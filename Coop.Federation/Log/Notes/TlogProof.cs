using System.Globalization;
using System.Text;
using Coop.Federation.Log.Merkle;

namespace Coop.Federation.Log.Notes;

/// <summary>
/// A receipt that stands on its own, C2SP tlog-proof: the entry's index, its inclusion proof, and the
/// signed checkpoint.
/// </summary>
/// <param name="Index">The entry's position, from 0.</param>
/// <param name="Hashes">The inclusion proof, from the leaf's sibling up to the root's child.</param>
/// <param name="Checkpoint">The signed checkpoint, verbatim.</param>
/// <param name="Extra">Opaque, unauthenticated bytes; null where there are none.</param>
public sealed record TlogProof(
    long Index, IReadOnlyList<byte[]> Hashes, SignedNote Checkpoint, ReadOnlyMemory<byte>? Extra = null)
{
    public const string Header = "c2sp.org/tlog-proof@v1";

    private const string ExtraPrefix = "extra ";
    private const string IndexPrefix = "index ";

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is { } extra)
        {
            text.Append(ExtraPrefix).Append(Convert.ToBase64String(extra.Span)).Append('\n');
        }

        text.Append(IndexPrefix).Append(CultureInfo.InvariantCulture, $"{Index}\n");
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Checkpoint).ToString();
    }

    public byte[] Encode() => Encoding.UTF8.GetBytes(ToString());

    /// <exception cref="NoteException">The bytes are not a proof in its one spelling.</exception>
    public static TlogProof Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\n\n"u8);
        if (bytes.Length > SignedNote.MaxSizeBytes || end < 0)
        {
            throw new NoteException("This is not a tlog-proof.");
        }

        var lines = new Queue<string>(Encoding.UTF8.GetString(bytes[..end]).Split('\n'));
        if (lines.Dequeue() != Header)
        {
            throw new NoteException($"A tlog-proof begins with {Header}.");
        }

        ReadOnlyMemory<byte>? extra = lines.TryPeek(out var first) && first.StartsWith(ExtraPrefix, StringComparison.Ordinal)
            ? (ReadOnlyMemory<byte>?)HashText.ParseBytes(lines.Dequeue()[ExtraPrefix.Length..])
            : null;
        var index = ParseIndex(lines.TryDequeue(out var line) ? line : "");
        if (lines.Count > Proofs.MaxHashes)
        {
            throw new NoteException("The proof is too long.");
        }

        return new TlogProof(index, [.. lines.Select(HashText.Parse)], SignedNote.Parse(bytes[(end + 2)..]), extra);
    }

    /// <summary>
    /// Verifies that the entry with this leaf hash is in the log of that key, and answers the checkpoint
    /// that says so.
    /// </summary>
    /// <exception cref="NoteException">The checkpoint or the inclusion proof does not verify.</exception>
    public Checkpoint Verify(ReadOnlySpan<byte> leafHash, NoteKey logKey)
    {
        var checkpoint = Notes.Checkpoint.Verify(Checkpoint.Encode(), logKey);
        return Proofs.VerifyInclusion(Index, checkpoint.Size, leafHash, Hashes, checkpoint.Root.Span)
            ? checkpoint
            : throw new NoteException("The inclusion proof does not lead to the checkpoint's root.");
    }

    private static long ParseIndex(string line)
    {
        var text = line.StartsWith(IndexPrefix, StringComparison.Ordinal) ? line[IndexPrefix.Length..] : "";
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index.ToString(CultureInfo.InvariantCulture) == text
                ? index
                : throw new NoteException("A tlog-proof has an index line.");
    }
}
