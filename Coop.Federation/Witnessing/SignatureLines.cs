using System.Text;
using Coop.Federation.Log.Notes;

namespace Coop.Federation.Witnessing;

/// <summary>The body of a witness's 200: one or more signature lines of a note, without the note.</summary>
public static class SignatureLines
{
    public static string Encode(IReadOnlyList<NoteSignature> signatures) =>
        new SignedNote("", signatures).ToString()[1..];

    /// <exception cref="NoteException">The bytes are not signature lines.</exception>
    public static IReadOnlyList<NoteSignature> Parse(ReadOnlySpan<byte> lines) =>
        SignedNote.Parse([.. Encoding.ASCII.GetBytes("\n\n"), .. lines]).Signatures;
}
